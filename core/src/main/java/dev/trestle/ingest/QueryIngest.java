package dev.trestle.ingest;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Reads the rows of a query into columns in spool files, with a heap that does not grow with them.
 *
 * <p>That takes a driver that does not hold all rows itself: see {@link java.sql.Statement
 * #setFetchSize}.
 */
public final class QueryIngest {
  private static final int CHUNK_ROWS = 1 << 13;
  private static final int CHUNK_CHARS = 1 << 20; // in one column: then the chunk ends earlier

  private final ResultSet rows;
  private final Path spoolFolder;
  private final IngestLimits limits;

  QueryIngest(ResultSet rows, Path spoolFolder, IngestLimits limits) {
    this.rows = rows;
    this.spoolFolder = spoolFolder;
    this.limits = limits;
  }

  /**
   * Reads the rows after the cursor to the last one, in this thread. The result set stays open.
   *
   * @param spoolFolder an existing folder with room for the columns
   * @return the columns; close them
   * @throws QueryException if the database fails, or a column cannot be held
   * @throws IOException if the spools find no room; an {@code InterruptedIOException} if this
   *     thread is interrupted. Nothing is left behind then
   */
  public static IngestedColumns read(ResultSet rows, Path spoolFolder) throws IOException {
    return new QueryIngest(rows, spoolFolder, IngestLimits.standard()).read();
  }

  IngestedColumns read() throws IOException {
    Spools spools = new Spools(spoolFolder);
    try {
      return read(spools);
    } catch (IOException | RuntimeException | Error e) {
      spools.close();
      throw e;
    }
  }

  private IngestedColumns read(Spools spools) throws IOException {
    long done = 0;
    try {
      List<QueryColumn> columns = QueryColumns.of(rows.getMetaData());
      ColumnSpools target = new ColumnSpools(spools, columns.size(), limits);
      for (QueryColumn column : columns) {
        target.add(column.name(), column.kind());
        column.cells().reserve(CHUNK_ROWS);
      }
      for (int taken = chunk(columns); taken > 0; taken = chunk(columns)) {
        for (int i = 0; i < columns.size(); i++) {
          target.append(i, columns.get(i).cells(), taken);
        }
        target.boundHeap();
        done += taken;
        if (Thread.interrupted()) {
          Thread.currentThread().interrupt();
          throw new InterruptedIOException("reading a query was interrupted");
        }
      }
      return target.finish(done);
    } catch (SQLException e) {
      throw new QueryException(
          "the query failed after about %,d rows: %s".formatted(done, e.getMessage()), e);
    }
  }

  /** Takes the next rows into the cells; returns how many. */
  private int chunk(List<QueryColumn> columns) throws SQLException {
    columns.forEach(column -> column.cells().clear());
    int row = 0;
    while (row < CHUNK_ROWS && !isLong(columns) && rows.next()) {
      for (QueryColumn column : columns) {
        column.fetch().into(rows, row);
      }
      row++;
    }
    for (QueryColumn column : columns) {
      if (column.cells() instanceof StringCells strings) {
        strings.encode();
      }
    }
    return row;
  }

  private static boolean isLong(List<QueryColumn> columns) {
    for (QueryColumn column : columns) {
      if (column.cells() instanceof StringCells strings && strings.chars() > CHUNK_CHARS) {
        return true;
      }
    }
    return false;
  }
}
