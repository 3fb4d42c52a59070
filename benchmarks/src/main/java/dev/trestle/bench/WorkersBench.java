package dev.trestle.bench;

import dev.trestle.SharedTable;
import dev.trestle.Store;
import dev.trestle.Trestle;
import dev.trestle.Workers;
import dev.trestle.memory.ProcessMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** What a task costs beside its own work: time to send it, time and memory of a worker. */
@Command(
    name = "workers",
    description = "Round trips, tasks a second, start and memory of workers.")
final class WorkersBench implements Callable<Integer> {
  private static final int WARM_UP = 20_000;

  /** The JVM gives back what its compilers took every 5 s. */
  private static final int IDLE_MILLIS = 7_000;

  @Option(names = "--trips", description = "Round trips measured. Default: ${DEFAULT-VALUE}.")
  private int trips = 20_000;

  @Option(names = "--tasks", description = "Tasks sent together. Default: ${DEFAULT-VALUE}.")
  private int tasks = 5_000_000;

  @Option(names = "--repeat", description = "Runs of the other figures. Default: ${DEFAULT-VALUE}.")
  private int repeat = 5;

  @Option(
      names = "--group-millis",
      description = "What a CPU-bound group takes, about. Default: ${DEFAULT-VALUE}.")
  private int groupMillis = 50;

  // After 30 calls the compilers still took 60 ms of each measured call, after 120 hardly any.
  @Option(
      names = "--warm-up",
      description =
          "Calls that each worker has seen before two are measured against one. Default: ${DEFAULT-VALUE}.")
  private int warmUp = 120;

  @Option(
      names = "--cells",
      description = "Cells asked of an owner process. Default: ${DEFAULT-VALUE}.")
  private int cells = 200_000;

  @Override
  public Integer call() throws IOException, InterruptedException {
    TextTable figures = Bar.table();
    Store store = Trestle.store();
    figures.add(
        "start cache", Trestle.prepareWorkers() ? "used" : "none for this class path", "", "");
    start(store, figures);
    idle(store, figures);
    try (Workers workers = store.workers(2)) {
      roundTrip(workers, figures);
      rates(workers, figures);
    }
    new CaptureBench(figures).run(trips);
    new SpeedUpBench(figures, repeat, warmUp, groupMillis).run(store);
    new EndsBench(figures, repeat).run(store);
    new OwnerBench(figures, repeat).run(store, cells);
    System.out.printf(
        "%n%s%nrepeat: ./trestle bench workers --trips %d --tasks %d --repeat %d --group-millis %d --warm-up %d --cells %d%n",
        figures, trips, tasks, repeat, groupMillis, warmUp, cells);
    return 0;
  }

  private void roundTrip(Workers workers, TextTable figures) {
    long[] nanos = new long[trips];
    for (int i = -WARM_UP; i < trips; i++) {
      List<Integer> argument = List.of(i);
      long start = System.nanoTime();
      workers.map(argument, x -> x);
      if (i >= 0) {
        nanos[i] = System.nanoTime() - start;
      }
    }
    Arrays.sort(nanos);
    Bar.microseconds("empty task, round trip p50", 35).addTo(figures, nanos[trips / 2] / 1e3, true);
    figures.add(
        "empty task, round trip p99", Bar.micros(nanos[(int) (trips * 0.99)] / 1e3), "", "");
    figures.add(
        "raw socket, round trip p50, asleep",
        Bar.micros(PingPong.micros(PingPong.Waiting.ASLEEP, trips)),
        "",
        "");
    figures.add(
        "raw socket, round trip p50, awake",
        Bar.micros(PingPong.micros(PingPong.Waiting.AWAKE, trips)),
        "",
        "");
  }

  private void rates(Workers workers, TextTable figures) {
    List<Integer> few = IntStream.range(0, tasks / 20).boxed().toList();
    List<Integer> many = IntStream.range(0, tasks).boxed().toList();
    Floor.perSecond("empty tasks, one by one", 40_000).addTo(figures, rate(workers.chunk(1), few));
    Floor.perSecond("empty tasks, batched", 5e6).addTo(figures, rate(workers, many));
  }

  private double rate(Workers workers, List<Integer> arguments) {
    List<Double> rates = new ArrayList<>();
    for (int run = 0; run <= repeat; run++) {
      long start = System.nanoTime();
      workers.map(arguments, x -> x);
      if (run > 0) { // the first warms up
        rates.add(arguments.size() / ((System.nanoTime() - start) / 1e9));
      }
    }
    return Median.of(rates);
  }

  private void start(Store store, TextTable figures) throws InterruptedException {
    SharedTable table = store.share("bench-workers", Table.create(IntColumn.create("n", 1, 2)));
    List<Double> bare = new ArrayList<>();
    List<Double> withTable = new ArrayList<>();
    try {
      for (int run = 0; run < repeat; run++) {
        long start = System.nanoTime();
        try (Workers workers = store.workers(1)) {
          workers.map(List.of(1), x -> x);
          bare.add((System.nanoTime() - start) / 1e6);
        }
        start = System.nanoTime();
        try (Workers workers = store.workers(1)) {
          workers.map(List.of("n"), name -> table.table().intColumn(name).sum());
          withTable.add((System.nanoTime() - start) / 1e6);
        }
      }
    } finally {
      table.drop();
    }
    Bar.milliseconds("start to first result, bare", 150).addTo(figures, Median.of(bare), true);
    Bar.milliseconds("start to first result, with Tablesaw", 350)
        .addTo(figures, Median.of(withTable), true);
  }

  /** Of two workers, as what they share is no worker's own: the larger one. */
  private void idle(Store store, TextTable figures) throws InterruptedException {
    SharedTable table = store.share("bench-idle", Table.create(IntColumn.create("n", 1, 2)));
    List<Integer> tasks = IntStream.range(0, 100).boxed().toList();
    try (Workers workers = store.workers(2).chunk(1)) {
      workers.map(tasks, x -> x);
      Bar.mebibytes("idle worker, USS, bare", 25).addTo(figures, idleBytes(workers), true);
      workers.map(tasks, n -> table.table().intColumn("n").sum());
      Bar.mebibytes("idle worker, USS, with Tablesaw", 40).addTo(figures, idleBytes(workers), true);
    } finally {
      table.drop();
    }
  }

  private static long idleBytes(Workers workers) throws InterruptedException {
    Thread.sleep(IDLE_MILLIS);
    return workers.pids().stream()
        .mapToLong(pid -> ProcessMemory.read(pid).orElseThrow().uss())
        .max()
        .orElseThrow();
  }
}
