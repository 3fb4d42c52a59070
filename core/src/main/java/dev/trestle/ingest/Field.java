package dev.trestle.ingest;

import tech.tablesaw.api.ColumnType;
import tech.tablesaw.io.ReadOptions;

/**
 * One field of each row.
 *
 * @param position which one, from 0
 * @param name the column's name
 * @param type what it is read as; SKIP when it is not
 * @param standing where the type comes from
 */
record Field(int position, String name, ColumnType type, Standing standing) {
  /** How sure a field's type is. */
  enum Standing {
    /** The options say so: a value that does not fit is an error. */
    CONFIGURED,
    /** The sample says so: a value that does not fit widens the type. */
    DETECTED,
    /** The sample held no value: the type is a fallback for a column of missing values. */
    UNDECIDED
  }

  boolean isSkipped() {
    return type.equals(ColumnType.SKIP);
  }

  ParsedCells cells(ReadOptions options) {
    if (isSkipped()) {
      return SkippedCells.INSTANCE;
    }
    ParsedCells cells = ColumnCoding.of(type).cells(options);
    if (standing == Standing.DETECTED && cells instanceof RememberingCells remembering) {
      remembering.setDetected();
    }
    return standing == Standing.UNDECIDED ? new UndecidedCells(cells, options) : cells;
  }
}
