package dev.trestle.ingest;

import dev.trestle.store.ColumnPayload;
import java.io.Closeable;
import java.util.List;

/**
 * The columns of one ingested source, waiting in spool files to be written to their final place.
 *
 * <p>Each buffer of a payload is written exactly once: writing it gives its spool's space back.
 * {@link #close} frees what was not written.
 */
public final class IngestedColumns implements Closeable {
  private final long rows;
  private final List<ColumnPayload> columns;
  private final Spools spools;

  IngestedColumns(long rows, List<ColumnPayload> columns, Spools spools) {
    this.rows = rows;
    this.columns = List.copyOf(columns);
    this.spools = spools;
  }

  /** How many rows each column has. */
  public long rows() {
    return rows;
  }

  /** The columns, in the order of the source, without the skipped ones. */
  public List<ColumnPayload> columns() {
    return columns;
  }

  /** Frees the spools that have not been written. */
  @Override
  public void close() {
    spools.close();
  }
}
