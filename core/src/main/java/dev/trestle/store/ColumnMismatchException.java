package dev.trestle.store;

/** The rows to append do not have the columns of the table; it is untouched. */
public final class ColumnMismatchException extends StoreException {
  public ColumnMismatchException(String message) {
    super(message);
  }
}
