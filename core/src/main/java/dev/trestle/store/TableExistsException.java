package dev.trestle.store;

/** The name is taken; the table that has it is untouched. */
public final class TableExistsException extends StoreException {
  public TableExistsException(String message) {
    super(message);
  }
}
