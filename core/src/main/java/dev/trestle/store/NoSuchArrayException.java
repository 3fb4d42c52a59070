package dev.trestle.store;

/** The store has no array of that name. */
public final class NoSuchArrayException extends StoreException {
  public NoSuchArrayException(String message) {
    super(message);
  }
}
