package dev.trestle.store;

/** The store has no table of that name. */
public final class NoSuchTableException extends StoreException {
  public NoSuchTableException(String message) {
    super(message);
  }
}
