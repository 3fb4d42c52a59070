package dev.trestle.ingest;

/**
 * One column's values of one chunk, parsed. Rows are overwritten in place: a row that turns out not
 * to count is simply put again.
 */
abstract class Cells {
  private boolean mayHaveMissing;

  /** Makes room for that many rows, keeping what is there. */
  abstract void reserve(int rows);

  /** Starts a new chunk. */
  void clear() {
    mayHaveMissing = false;
  }

  /**
   * Parses a value into a row.
   *
   * @return false when the text is no value of this column's type
   */
  abstract boolean put(int row, char[] text, int at, int length);

  /** Whether the value in a row is missing. */
  abstract boolean isMissing(int row);

  /** False when none of the chunk's values can be missing. */
  final boolean mayHaveMissing() {
    return mayHaveMissing;
  }

  final void sawMissing() {
    mayHaveMissing = true;
  }

  /** The cells that hold the values, for those that only look at them on the way. */
  Cells stored() {
    return this;
  }
}
