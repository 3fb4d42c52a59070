package dev.trestle.store;

/**
 * The file of a table or an array was changed from outside while it was mapped; what was read of it
 * is void.
 */
public final class DamagedTableException extends StoreException {
  DamagedTableException(String message) {
    super(message);
  }

  public DamagedTableException(String message, Throwable cause) {
    super(message, cause);
  }
}
