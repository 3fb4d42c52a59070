package dev.trestle.bench;

import dev.trestle.SharedTable;
import dev.trestle.Store;
import dev.trestle.memory.ProcessCpu;
import java.nio.file.Path;
import java.util.Locale;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * Shares a delimited or Parquet file once, in a JVM of its own: nothing is warm. Prints the rows,
 * and the wall and CPU seconds from the call to its return; then drops the table.
 */
final class IngestOnce {
  private IngestOnce() {}

  /**
   * Runs.
   *
   * @param arguments the store's folder, the file, the separator (of no meaning for Parquet)
   */
  public static void main(String[] arguments) {
    try (Store store = Store.open(Path.of(arguments[0]))) {
      Path file = Path.of(arguments[1]);
      double cpu = cpu();
      long start = System.nanoTime();
      SharedTable table =
          file.toString().endsWith(".parquet")
              ? store.shareParquet("once", file)
              : store.shareCsv("once", options(file, arguments[2].charAt(0)));
      double wall = (System.nanoTime() - start) / 1e9;
      System.out.printf(Locale.ROOT, "%d %.3f %.3f%n", table.rowCount(), wall, cpu() - cpu);
    }
  }

  private static CsvReadOptions options(Path file, char separator) {
    return CsvReadOptions.builder(file.toFile()).separator(separator).build();
  }

  private static double cpu() {
    return ProcessCpu.read(ProcessHandle.current().pid()).orElseThrow().own().toNanos() / 1e9;
  }
}
