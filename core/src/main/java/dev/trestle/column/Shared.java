package dev.trestle.column;

/** What every column over shared memory says to a write. */
final class Shared {
  private Shared() {}

  static UnsupportedOperationException readOnly() {
    return new UnsupportedOperationException(
        "this column is shared with other processes and cannot be changed; change a copy:"
            + " column.copy() or table.copy()");
  }
}
