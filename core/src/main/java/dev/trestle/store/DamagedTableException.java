package dev.trestle.store;

/**
 * The file of a table or an array was changed from outside: what was read of it is void, or a value
 * in it is none that this store can have written.
 */
public final class DamagedTableException extends StoreException {
  DamagedTableException(String message) {
    super(message);
  }

  public DamagedTableException(String message, Throwable cause) {
    super(message, cause);
  }
}
