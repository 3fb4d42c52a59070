package dev.trestle.column;

import dev.trestle.store.MappingFault;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tech.tablesaw.api.Table;

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
    var block = new TextBlock(separator);
    for (int i = 0; i < table.columnCount(); i++) {
      block.cell(table.column(i).name(), i == 0);
    }
    block.endLine();
    block.moveTo(out);
  }

  /** Writes the rows only: a table that comes in parts has one header. */
  public static void writeRows(Table table, OutputStream out, char separator) throws IOException {
    List<CellText> cells = cells(table, separator);
    int threads = Runtime.getRuntime().availableProcessors();
    try (ExecutorService pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("trestle-csv-", 0).factory())) {
      Deque<Future<TextBlock>> blocks = new ArrayDeque<>();
      try {
        for (int start = 0; start < table.rowCount(); start += BLOCK) {
          int from = start;
          int to = Math.min(start + BLOCK, table.rowCount());
          TextBlock block =
              blocks.size() > 2 * threads
                  ? written(blocks.remove(), out)
                  : new TextBlock(separator);
          blocks.add(pool.submit(() -> format(cells, from, to, block)));
        }
        while (!blocks.isEmpty()) {
          written(blocks.remove(), out);
        }
      } finally {
        blocks.forEach(block -> block.cancel(false));
      }
    }
  }

  private static List<CellText> cells(Table table, char separator) {
    try {
      return CellText.of(table, separator);
    } catch (InternalError e) {
      throw MappingFault.explain(e);
    }
  }

  private static TextBlock format(List<CellText> cells, int from, int to, TextBlock block) {
    for (int row = from; row < to; row++) {
      for (CellText cell : cells) {
        cell.append(row, block);
      }
      block.endLine();
    }
    return block;
  }

  /** Waits for a block and writes it; the block is free for other rows then. */
  private static TextBlock written(Future<TextBlock> formatted, OutputStream out)
      throws IOException {
    TextBlock block = await(formatted);
    block.moveTo(out);
    return block;
  }

  private static TextBlock await(Future<TextBlock> block) throws IOException {
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
