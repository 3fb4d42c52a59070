package dev.trestle.store;

/** There is no room for a table, neither in memory nor on disk; nothing of it was kept. */
public final class StoreFullException extends StoreException {
  public StoreFullException(String message, Throwable cause) {
    super(message, cause);
  }

  public StoreFullException(String message) {
    super(message);
  }
}
