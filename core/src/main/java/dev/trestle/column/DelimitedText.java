package dev.trestle.column;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.trestle.store.MappingFault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import tech.tablesaw.columns.numbers.IntColumnType;

/**
 * Writes a table as delimited text on several threads.
 *
 * <p>Rows are formatted in blocks, and the blocks written in order. Cells look as {@code
 * table.write().csv(...)} has them: missing is empty, quotes where the format needs them.
 */
public final class DelimitedText {
  private static final int BLOCK = 8192; // rows

  private DelimitedText() {}

  /**
   * Writes a header line and all rows in UTF-8.
   *
   * @param out is not closed
   */
  public static void write(Table table, OutputStream out, char separator) throws IOException {
    writeHeader(table, out, separator);
    writeRows(table, out, separator);
  }

  /** Writes the columns' names only. */
  public static void writeHeader(Table table, OutputStream out, char separator) throws IOException {
    out.write(format(separator, csv -> csv.writeRecord(table.columnNames())));
  }

  /** Writes the rows only: a table that comes in parts has one header. */
  public static void writeRows(Table table, OutputStream out, char separator) throws IOException {
    List<IntFunction<String>> cells =
        table.columns().stream().<IntFunction<String>>map(DelimitedText::cells).toList();
    int threads = Runtime.getRuntime().availableProcessors();
    try (ExecutorService pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("trestle-csv-", 0).factory())) {
      Deque<Future<byte[]>> blocks = new ArrayDeque<>();
      try {
        for (int start = 0; start < table.rowCount(); start += BLOCK) {
          int from = start;
          int to = Math.min(start + BLOCK, table.rowCount());
          blocks.add(pool.submit(() -> format(separator, csv -> rows(csv, cells, from, to))));
          if (blocks.size() > 2 * threads) {
            out.write(await(blocks.remove()));
          }
        }
        while (!blocks.isEmpty()) {
          out.write(await(blocks.remove()));
        }
      } finally {
        blocks.forEach(block -> block.cancel(false));
      }
    }
  }

  private static void rows(CsvWriter csv, List<IntFunction<String>> cells, int from, int to) {
    String[] line = new String[cells.size()];
    for (int row = from; row < to; row++) {
      for (int i = 0; i < line.length; i++) {
        line[i] = cells.get(i).apply(row);
      }
      csv.writeRecord(line);
    }
  }

  private static IntFunction<String> cells(Column<?> column) {
    return switch (column) {
      case StringColumn strings -> strings::get;
      case IntColumn ints -> row -> text(ints.getInt(row));
      default -> column::getUnformattedString;
    };
  }

  private static String text(int value) {
    return IntColumnType.valueIsMissing(value) ? "" : Integer.toString(value);
  }

  private interface Format {
    void writeTo(CsvWriter csv);
  }

  private static byte[] format(char separator, Format content) {
    var bytes = new ByteArrayOutputStream(1 << 20);
    try (CsvWriter csv =
        CsvWriter.builder()
            .fieldSeparator(separator)
            .lineDelimiter(LineDelimiter.LF)
            .build(bytes, StandardCharsets.UTF_8)) {
      content.writeTo(csv);
    } catch (IOException e) {
      throw new AssertionError("memory does not fail to be written to", e);
    }
    return bytes.toByteArray();
  }

  private static byte[] await(Future<byte[]> block) throws IOException {
    try {
      return block.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while writing a table");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InternalError fault) {
        throw MappingFault.explain(fault);
      }
      throw new IOException("cannot format a row: " + e.getCause(), e.getCause());
    }
  }
}
