package dev.trestle.ingest;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.io.ReadOptions;

/**
 * One chunk on its way: whole records as bytes, then as cells. Reused, so that an ingest allocates
 * its memory once; it belongs to one thread at a time.
 */
final class Batch {
  byte[] bytes;
  int length;
  long index;

  private @Nullable Part part;

  /** Whether the bytes are the first of their part. */
  boolean startsPart;

  /** Whether the quote sign occurs in the bytes. */
  boolean hasQuotes;

  /** Whether these are the first bytes of a record that is longer than any may be. */
  boolean isEndless;

  final ParsedCells[] cells;
  int capacity;
  int rows;

  /** How many lines the bytes are. */
  long lines;

  /** Why the rows end early, if they do. */
  @Nullable BadRow bad;

  Batch(int bytes, List<Field> fields, ReadOptions options) {
    this.bytes = new byte[bytes];
    this.cells = fields.stream().map(field -> field.cells(options)).toArray(ParsedCells[]::new);
  }

  /** Where the bytes are from. */
  Part part() {
    return Objects.requireNonNull(part);
  }

  void setPart(Part source, boolean starts) {
    part = source;
    startsPart = starts;
  }

  /** Makes room for another row. */
  void grow() {
    capacity = Math.max(64, capacity * 2);
    for (ParsedCells column : cells) {
      column.reserve(capacity);
    }
  }

  /**
   * What is wrong with a row.
   *
   * @param line where it starts, from 1 at the start of the chunk
   * @param reason the rest of the message
   */
  record BadRow(long line, String reason) {
    CsvFormatException in(String source, long linesBefore) {
      return new CsvFormatException(source + ", line " + (linesBefore + line) + ": " + reason);
    }
  }
}
