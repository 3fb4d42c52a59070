package dev.trestle.store;

/** A table reads a file of somebody else in place, and that file is not what it was. */
public final class SourceChangedException extends StoreException {
  SourceChangedException(String message) {
    super(message);
  }
}
