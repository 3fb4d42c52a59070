package dev.trestle.ingest;

/** One column's values of one chunk of rows, on their way to the column's spool. */
abstract class Cells {
  private boolean mayHaveMissing;

  /** Makes room for that many rows, keeping what is there. */
  abstract void reserve(int rows);

  /** Starts a new chunk. */
  void clear() {
    mayHaveMissing = false;
  }

  /** Whether the value in a row is missing. */
  abstract boolean isMissing(int row);

  /** False when none of the chunk's values can be missing. */
  final boolean mayHaveMissing() {
    return mayHaveMissing;
  }

  final void sawMissing() {
    mayHaveMissing = true;
  }
}
