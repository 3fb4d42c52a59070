package dev.trestle.ingest;

/** A column that is not read. */
final class SkippedCells extends ParsedCells {
  static final SkippedCells INSTANCE = new SkippedCells();

  private SkippedCells() {}

  @Override
  void reserve(int rows) {}

  @Override
  boolean put(int row, char[] text, int at, int length) {
    return true;
  }

  @Override
  boolean isMissing(int row) {
    return false;
  }
}
