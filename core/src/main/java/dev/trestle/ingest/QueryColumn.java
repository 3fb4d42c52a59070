package dev.trestle.ingest;

import dev.trestle.store.ColumnKind;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * One column of a query.
 *
 * @param cells what its values are gathered in
 * @param fetch puts the value of the current row of the query into a row of the cells
 */
record QueryColumn(String name, ColumnKind kind, Cells cells, Fetch fetch) {
  private static final int LONGEST_RUN = 1 << 12;

  /** Gets one value across. */
  @FunctionalInterface
  interface Fetch {
    void into(ResultSet rows, int row) throws SQLException;
  }

  /** Gets a value as the bits of its kind; anything at all when it is NULL. */
  @FunctionalInterface
  interface Bits {
    long get(ResultSet rows) throws SQLException;
  }

  /** A column of equal width, whose missing values are as {@link ColumnKind} says. */
  static QueryColumn fixed(String name, ColumnKind kind, Bits bits) {
    ValueCells cells = new ValueCells(kind);
    return new QueryColumn(
        name,
        kind,
        cells,
        (rows, row) -> {
          long value = bits.get(rows);
          if (rows.wasNull()) {
            cells.setMissing(row);
          } else if (!cells.set(row, value)) {
            throw new QueryException(
                "column '%s' holds %d, which Tablesaw takes for a missing %s; CAST the column to a wider type in the query"
                    .formatted(name, value, kind),
                null);
          }
        });
  }

  /** A column of strings; an empty one is missing, as it is in any Tablesaw column. */
  static QueryColumn strings(String name, int position) {
    StringCells cells = new StringCells(MissingMarkers.none());
    char[][] buffer = {new char[LONGEST_RUN]};
    return new QueryColumn(
        name,
        ColumnKind.STRING,
        cells,
        (rows, row) -> {
          String value = rows.getString(position);
          int length = value == null ? 0 : value.length();
          if (buffer[0].length < length) {
            buffer[0] = new char[length];
          }
          if (value != null) {
            value.getChars(0, length, buffer[0], 0);
          }
          cells.put(row, buffer[0], 0, length);
        });
  }
}
