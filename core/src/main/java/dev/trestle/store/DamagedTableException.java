package dev.trestle.store;

/** A table's file was changed from outside while it was mapped; what was read of it is void. */
public final class DamagedTableException extends StoreException {
  public DamagedTableException(String message, Throwable cause) {
    super(message, cause);
  }
}
