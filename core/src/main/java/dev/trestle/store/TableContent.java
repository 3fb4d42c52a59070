package dev.trestle.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Map;

/** A whole table, ready to be written. */
public interface TableContent {
  /** How many rows. */
  long rows();

  /**
   * The columns; the sizes of their buffers are known before anything is written. Asked for once
   * more when the buffers have been written, for the validity bitmaps that were {@link
   * ColumnPayload#UNKNOWN} until then.
   */
  List<ColumnPayload> columns();

  /**
   * What else the file's metadata shall say; asked for before the buffers are written and once more
   * after that, which is what counts.
   */
  default Map<String, String> properties() {
    return Map.of();
  }

  /**
   * Writes all column buffers, each at its place, in whatever order suits the source; but not the
   * validity bitmaps that were unknown before.
   *
   * @param positions one for each buffer, column by column
   */
  default void writeBuffers(FileChannel file, long[] positions) throws IOException {
    int next = 0;
    for (ColumnPayload column : columns()) {
      for (Bytes buffer : column.buffers()) {
        buffer.writeTo(file, positions[next++]);
      }
    }
  }

  /** The given columns, written one after the other. */
  static TableContent of(long rows, List<ColumnPayload> columns) {
    record Columns(long rows, List<ColumnPayload> columns) implements TableContent {}
    return new Columns(rows, columns);
  }
}
