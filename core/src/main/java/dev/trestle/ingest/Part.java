package dev.trestle.ingest;

/**
 * One of the sources that a table's rows come from, and how its rows become the table's.
 *
 * @param origin the source
 * @param columns for each field of a row the column that it belongs to
 * @param hasHeaderRow whether its first row is names
 * @param headBytes how many bytes from the start hold the first row at least
 */
record Part(Origin origin, int[] columns, boolean hasHeaderRow, int headBytes) {
  String name() {
    return origin.source().name();
  }
}
