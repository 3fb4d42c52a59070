package dev.trestle.ingest;

import dev.trestle.ingest.Batch.BadRow;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * The first rows of a source: what names and types are found from.
 *
 * @param rows the header, if it has one, among them; an empty value is null
 * @param bytes how many bytes from the start hold the first row at least
 */
record Sample(List<@Nullable String[]> rows, int bytes) {
  /** As many as Tablesaw samples without a gap, and a header. */
  static final int MOST_ROWS = 10_001;

  /**
   * The sample of a source.
   *
   * @param bytes to take it from; more if they hold no row
   * @param most how many rows to take
   */
  static Sample of(Origin origin, CsvReadOptions options, int bytes, int most) throws IOException {
    CsvSource source = origin.source();
    for (int size = bytes; size <= Splitter.MAX_RECORD; size *= 2) {
      Batch batch = new Batch(size, List.of(), options);
      long rest;
      try (InputStream stream = origin.open()) {
        if (!origin.splitter(stream).fill(batch, size)) {
          throw new CsvFormatException(
              source.name() + " is empty: there is no header and no row to make a table of");
        }
        rest = stream.read();
      }
      RowTaker taker = new RowTaker(origin.dialect(), most);
      BadRow bad = taker.parse(batch.bytes, batch.length, batch.hasQuotes, source.charset());
      if (!taker.rows.isEmpty()) {
        return new Sample(taker.rows, size);
      }
      if (bad != null) {
        throw bad.in(source.name(), 0);
      }
      if (rest < 0) {
        break;
      }
    }
    throw new CsvFormatException(
        source.name() + " has blank lines and comments only, at least where it begins");
  }

  /** Takes rows as strings until there are enough. */
  private static final class RowTaker extends RecordHandler {
    private final List<@Nullable String[]> rows = new ArrayList<>();
    private final List<@Nullable String> row = new ArrayList<>();

    private final int most;

    RowTaker(Dialect dialect, int most) {
      super(dialect);
      this.most = most;
    }

    @Override
    void begin() {
      row.clear();
    }

    @Override
    void field(int position, char[] text, int at, int length) {
      row.add(length == 0 ? null : new String(text, at, length));
    }

    @Override
    @Nullable String end(int fields, boolean isEmpty) {
      rows.add(row.toArray(new @Nullable String[0]));
      return rows.size() == most ? "enough" : null;
    }
  }
}
