package dev.trestle.bench;

import dev.trestle.SharedTable;
import dev.trestle.Store;
import dev.trestle.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * How much faster two workers are than one at groups that need nothing but the processor, and
 * beside it how much faster two JVMs are that have nothing to do with each other: more than that
 * the machine does not give.
 *
 * <p>Each worker has done as many groups as any other before the clock runs. A pool of two that was
 * warmed up with the same call as one worker would have half of that behind it in each, and then
 * both compilers would run on the cores that are measured, where those of one worker have a core to
 * themselves.
 */
final class SpeedUpBench {
  private static final int GROUPS = 64;

  private final TextTable figures;
  private final int repeat;
  private final int warmUp;
  private final long rounds;

  /**
   * @param warmUp how many calls with small groups each worker of a pool in use has seen
   */
  SpeedUpBench(TextTable figures, int repeat, int warmUp, int groupMillis) {
    this.figures = figures;
    this.repeat = repeat;
    this.warmUp = warmUp;
    this.rounds = Arithmetic.roundsOf(groupMillis);
  }

  void run(Store store) {
    SharedTable table =
        store.share(
            "bench-groups",
            Table.create(IntColumn.create("key", IntStream.range(0, GROUPS).toArray())));
    try {
      List<Double> inUse = new ArrayList<>();
      List<Double> machine = new ArrayList<>();
      try (Workers one = store.workers(1);
          Workers two = store.workers(2)) {
        warmUp(one, table, warmUp);
        warmUp(two, table, warmUp);
        for (int run = 0; run < repeat; run++) {
          inUse.add(ratio(() -> seconds(one, table), () -> seconds(two, table)));
          machine.add(
              ratio(
                  () -> Arithmetic.seconds(1, rounds, GROUPS),
                  () -> Arithmetic.seconds(2, rounds, GROUPS)));
        }
      }
      List<Double> started = new ArrayList<>();
      for (int run = 0; run < repeat; run++) {
        started.add(ratio(() -> justStarted(store, 1, table), () -> justStarted(store, 2, table)));
      }
      new Floor("2 workers against 1, CPU-bound groups", 1.9, "%.2f x")
          .addTo(figures, Median.of(inUse));
      add("2 plain JVMs against 1, the same arithmetic", machine);
      add("2 workers against 1, after one call each", started);
    } finally {
      table.drop();
    }
  }

  private void add(String what, List<Double> ratios) {
    figures.add(what, "%.2f x".formatted(Median.of(ratios)), "", "");
  }

  private static double ratio(DoubleSupplier one, DoubleSupplier two) {
    return one.getAsDouble() / two.getAsDouble();
  }

  private double justStarted(Store store, int count, SharedTable table) {
    try (Workers workers = store.workers(count)) {
      warmUp(workers, table, 1);
      return seconds(workers, table);
    }
  }

  private static void warmUp(Workers workers, SharedTable table, int calls) {
    for (int call = 0; call < calls * workers.size(); call++) {
      workers.mapGroups(table, "key", part -> spin(part, 1000)).drop();
    }
  }

  private double seconds(Workers workers, SharedTable table) {
    long each = rounds;
    long start = System.nanoTime();
    workers.mapGroups(table, "key", part -> spin(part, each)).drop();
    return (System.nanoTime() - start) / 1e9;
  }

  private static Table spin(Table part, long rounds) {
    return Table.create(
        "spun", DoubleColumn.create("sum", part.rowCount() + Arithmetic.sum(rounds)));
  }
}
