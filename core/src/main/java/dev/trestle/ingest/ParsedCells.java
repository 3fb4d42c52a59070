package dev.trestle.ingest;

/**
 * Cells that are parsed from text. Rows are overwritten in place: a row that turns out not to count
 * is simply put again.
 */
abstract class ParsedCells extends Cells {
  /**
   * Parses a value into a row.
   *
   * @return false when the text is no value of this column's type
   */
  abstract boolean put(int row, char[] text, int at, int length);

  /** The cells that hold the values, for those that only look at them on the way. */
  Cells stored() {
    return this;
  }
}
