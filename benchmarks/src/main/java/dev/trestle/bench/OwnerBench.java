package dev.trestle.bench;

import dev.trestle.ServedTable;
import dev.trestle.Store;
import dev.trestle.Task;
import dev.trestle.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Cells, rows and slices a second of a table that one process keeps and others ask for. */
final class OwnerBench {
  private static final int ROWS = 100_000;
  private static final int CLIENTS = 4;
  private static final int SLICE = 1000;

  private final TextTable figures;
  private final int repeat;

  OwnerBench(TextTable figures, int repeat) {
    this.figures = figures;
    this.repeat = repeat;
  }

  void run(Store store, int cells) {
    try (Workers workers = store.workers(CLIENTS);
        ServedTable table = workers.serveTable("bench-owner", OwnerBench::table)) {
      Floor.perSecond("owner process: cells, %d clients".formatted(CLIENTS), 20_000)
          .addTo(figures, rate(workers, cells, n -> cells(table, n)));
      add("rows of 5 columns", rate(workers, cells / 2, n -> rows(table, n)));
      add(
          "slices of 1,000 rows",
          rate(workers, Math.max(CLIENTS, cells / 5000), n -> slices(table, n)));
    }
  }

  private void add(String what, double perSecond) {
    figures.add(
        "owner process: %s, %d clients".formatted(what, CLIENTS),
        "%,.0f /s".formatted(perSecond),
        "",
        "");
  }

  /** Requests a second, of all clients together; each client is a task on a worker of its own. */
  private double rate(Workers workers, int requests, Task<Integer, Integer> client) {
    List<Integer> shares = IntStream.range(0, CLIENTS).mapToObj(i -> requests / CLIENTS).toList();
    List<Double> rates = new ArrayList<>();
    for (int run = 0; run <= repeat; run++) {
      long start = System.nanoTime();
      int answered = workers.chunk(1).map(shares, client).stream().mapToInt(n -> n).sum();
      if (run > 0) { // the first warms up
        rates.add(answered / ((System.nanoTime() - start) / 1e9));
      }
    }
    return Median.of(rates);
  }

  private static int cells(ServedTable table, int count) {
    for (int i = 0; i < count; i++) {
      check(table.cell(i % ROWS, "double"), 0.5 * (i % ROWS));
    }
    return count;
  }

  private static int rows(ServedTable table, int count) {
    for (int i = 0; i < count; i++) {
      check(table.row(i % ROWS).get("int"), i % ROWS);
    }
    return count;
  }

  private static int slices(ServedTable table, int count) {
    for (int i = 0; i < count; i++) {
      int from = i * SLICE % ROWS;
      check(table.slice(from, from + SLICE).intColumn("int").get(0), from);
    }
    return count;
  }

  private static void check(@Nullable Object found, Object wanted) {
    if (!wanted.equals(found)) {
      throw new IllegalStateException("the owner answered %s, not %s".formatted(found, wanted));
    }
  }

  /** On the owner's heap. */
  private static Table table() {
    return Table.create(
        "bench-owner",
        IntColumn.indexColumn("int", ROWS, 0),
        DoubleColumn.create("double", IntStream.range(0, ROWS).mapToDouble(i -> 0.5 * i)),
        DoubleColumn.create("other", IntStream.range(0, ROWS).asDoubleStream()),
        StringColumn.create("text", IntStream.range(0, ROWS).mapToObj(i -> "text " + i % 100)),
        StringColumn.create("name", IntStream.range(0, ROWS).mapToObj(i -> "name " + i)));
  }
}
