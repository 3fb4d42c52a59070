package dev.trestle.ingest;

import tech.tablesaw.api.ColumnType;
import tech.tablesaw.columns.AbstractColumnParser;
import tech.tablesaw.io.ReadOptions;

/**
 * Looks at values without keeping them, once the pass over the source is lost: a value did not fit
 * the detected type, and what is left to learn is which type fits all of them.
 */
final class LookingCells extends ParsedCells {
  private final AbstractColumnParser<?> parser;
  private final boolean takesAll;

  LookingCells(ColumnType type, ReadOptions options) {
    this.parser = type.customParser(options);
    this.takesAll = type.equals(ColumnType.STRING);
  }

  @Override
  void reserve(int rows) {}

  @Override
  boolean put(int row, char[] text, int at, int length) {
    return takesAll || parser.canParse(new String(text, at, length));
  }

  @Override
  boolean isMissing(int row) {
    return false;
  }
}
