package dev.trestle.store;

/** The name is taken; what has it is untouched. */
public final class TableExistsException extends StoreException {
  public TableExistsException(String message) {
    super(message);
  }
}
