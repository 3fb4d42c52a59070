package dev.trestle.ingest;

import tech.tablesaw.io.ReadOptions;

/**
 * A column that had no value in the sample. Missing ones go into cells of the fallback type; the
 * first real value says that the type must be detected after all.
 */
final class UndecidedCells extends ParsedCells {
  private final ParsedCells fallback;
  private final MissingMarkers markers;

  UndecidedCells(ParsedCells fallback, ReadOptions options) {
    this.fallback = fallback;
    this.markers = MissingMarkers.of(options);
  }

  @Override
  void reserve(int rows) {
    fallback.reserve(rows);
  }

  @Override
  void clear() {
    fallback.clear();
  }

  @Override
  boolean put(int row, char[] text, int at, int length) {
    return markers.matches(text, at, length) && fallback.put(row, text, at, length);
  }

  @Override
  boolean isMissing(int row) {
    return fallback.isMissing(row);
  }

  @Override
  Cells stored() {
    return fallback;
  }
}
