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
  private static final int[] CLIENTS = {2, 4};
  private static final int SLICE = 1000;

  /** Columns of doubles in which a slice is 80 kB. */
  private static final int WIDE = 10;

  private final TextTable figures;
  private final int repeat;

  OwnerBench(TextTable figures, int repeat) {
    this.figures = figures;
    this.repeat = repeat;
  }

  void run(Store store, int cells) {
    for (int clients : CLIENTS) {
      try (Workers workers = store.workers(clients)) {
        try (ServedTable mixed = workers.serveTable("bench-owner", OwnerBench::mixed)) {
          double rate = rate(workers, clients, cells, n -> cells(mixed, n));
          if (clients == 4) {
            Floor.perSecond(what("cells", clients), 20_000).addTo(figures, rate);
          } else {
            add("cells", clients, rate);
          }
          add("rows of 5 columns", clients, rate(workers, clients, cells / 2, n -> rows(mixed, n)));
          int slices = Math.max(clients, cells / 100);
          add(
              "slices of 1,000 rows, numbers and text",
              clients,
              rate(workers, clients, slices, n -> slices(mixed, n)));
        }
        try (ServedTable doubles = workers.serveTable("bench-doubles", OwnerBench::doubles)) {
          int slices = Math.max(clients, cells / 100);
          // What a Python owner process answers to as many clients, on a quiet machine.
          Floor.perSecond(what("slices of 1,000 rows, 80 kB", clients), clients == 2 ? 1537 : 1688)
              .addTo(figures, rate(workers, clients, slices, n -> wideSlices(doubles, n)));
        }
      }
    }
  }

  private static String what(String asked, int clients) {
    return "owner process: %s, %d clients".formatted(asked, clients);
  }

  private void add(String asked, int clients, double perSecond) {
    figures.add(what(asked, clients), "%,.0f/s".formatted(perSecond), "", "");
  }

  /** Requests a second, of all clients together; each client is a task on a worker of its own. */
  private double rate(Workers workers, int clients, int requests, Task<Integer, Integer> client) {
    List<Integer> shares = IntStream.range(0, clients).mapToObj(i -> requests / clients).toList();
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
      Table slice = table.slice(from, from + SLICE);
      check(slice.intColumn("int").get(0), from);
      check(slice.stringColumn("name").get(SLICE - 1), "name " + (from + SLICE - 1));
    }
    return count;
  }

  private static int wideSlices(ServedTable table, int count) {
    for (int i = 0; i < count; i++) {
      int from = i * SLICE % ROWS;
      check(
          table.slice(from, from + SLICE).doubleColumn(WIDE - 1).get(SLICE - 1),
          from + SLICE - 1.0);
    }
    return count;
  }

  private static void check(@Nullable Object found, Object wanted) {
    if (!wanted.equals(found)) {
      throw new IllegalStateException("the owner answered %s, not %s".formatted(found, wanted));
    }
  }

  /** On the owner's heap, as the next one. */
  private static Table mixed() {
    return Table.create(
        "bench-owner",
        IntColumn.indexColumn("int", ROWS, 0),
        DoubleColumn.create("double", IntStream.range(0, ROWS).mapToDouble(i -> 0.5 * i)),
        DoubleColumn.create("other", IntStream.range(0, ROWS).asDoubleStream()),
        StringColumn.create("text", IntStream.range(0, ROWS).mapToObj(i -> "text " + i % 100)),
        StringColumn.create("name", IntStream.range(0, ROWS).mapToObj(i -> "name " + i)));
  }

  private static Table doubles() {
    return Table.create(
        "bench-doubles",
        IntStream.range(0, WIDE)
            .mapToObj(
                c -> DoubleColumn.create("x" + c, IntStream.range(0, ROWS).asDoubleStream())));
  }
}
