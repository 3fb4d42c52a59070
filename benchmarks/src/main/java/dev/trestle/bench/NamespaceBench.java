package dev.trestle.bench;

import dev.trestle.Namespace;
import dev.trestle.Trestle;
import dev.trestle.Workers;
import dev.trestle.memory.ByteSize;
import dev.trestle.memory.ProcessCpu;
import dev.trestle.memory.ProcessMemory;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.IntConsumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the namespace costs: to open, to put and get, in one process and in several. */
@Command(name = "namespace", description = "Operations per second, cost of opening, latency.")
final class NamespaceBench implements Callable<Integer> {
  private static final int KEYS = 1000;
  private static final int SIGNALS = 50;
  private static final Duration SOON = Duration.ofSeconds(60);

  @Option(names = "--operations", description = "Of each kind; default: ${DEFAULT-VALUE}.")
  private int operations = 200_000;

  @Option(names = "--workers", description = "Default: ${DEFAULT-VALUE}.")
  private int count = 4;

  @Override
  public Integer call() {
    TextTable table = new TextTable("figure", "measured");
    long pid = ProcessHandle.current().pid();
    long pss = pss(pid);
    double cpu = cpuSeconds(pid);
    long start = System.nanoTime();
    Namespace namespace = Trestle.namespace();
    namespace.put("first", 1);
    table.add("opened in this JVM", millis(System.nanoTime() - start));
    table.add("CPU for it", String.format(Locale.ROOT, "%.2f s", cpuSeconds(pid) - cpu));
    table.add("PSS for it", ByteSize.format(pss(pid) - pss));

    byte[] value = new byte[1000];
    run(namespace, "warm-up", operations / 4, value);
    Rates alone = run(namespace, "alone", operations, value);
    table.add("put of 1,000 bytes, one process", perSecond(alone.puts));
    table.add("get of 1,000 bytes, one process", perSecond(alone.gets));
    table.add("getAndAdd, one process", perSecond(alone.adds));

    try (Workers workers = Trestle.workers(count)) {
      inWorkers(workers, value, table);
      table.add("signal to a worker that waits, and back", millis(roundTrip(workers, namespace)));
    }
    namespace.keys().forEach(namespace::remove);
    System.out.printf(
        "%n%s%n./trestle bench namespace --operations %d --workers %d%n", table, operations, count);
    return 0;
  }

  private void inWorkers(Workers workers, byte[] value, TextTable table) {
    List<Integer> numbers = IntStream.range(0, count).boxed().toList();
    int each = operations / count;
    long opening = System.nanoTime();
    workers.map(numbers, n -> run(Trestle.namespace(), "w" + n, each / 4, value));
    table.add(
        "opened and used first by %d workers".formatted(count),
        millis(System.nanoTime() - opening));
    List<Rates> rates = workers.map(numbers, n -> run(Trestle.namespace(), "w" + n, each, value));
    table.add("put, %d processes".formatted(count), perSecond(sum(rates, Rates::puts)));
    table.add("get, %d processes".formatted(count), perSecond(sum(rates, Rates::gets)));
    table.add("getAndAdd, %d processes".formatted(count), perSecond(sum(rates, Rates::adds)));
    List<Long> used = new ArrayList<>();
    for (long worker : workers.pids()) {
      used.add(pss(worker));
    }
    table.add("PSS of a worker that has used it", ByteSize.format((long) Median.of(used)));
  }

  /** Operations per second. */
  private record Rates(double puts, double gets, double adds) implements Serializable {}

  private static Rates run(Namespace namespace, String prefix, int operations, byte[] value) {
    double puts = rate(operations, i -> namespace.put(prefix + i % KEYS, value));
    double gets = rate(operations, i -> namespace.get(prefix + i % KEYS));
    double adds = rate(operations, i -> namespace.getAndAdd("counter", 1));
    return new Rates(puts, gets, adds);
  }

  private static double rate(int operations, IntConsumer operation) {
    long start = System.nanoTime();
    for (int i = 0; i < operations; i++) {
      operation.accept(i);
    }
    return operations * 1e9 / (System.nanoTime() - start);
  }

  /** Nanoseconds from a signal to the answering one, both processes waiting by then. */
  private long roundTrip(Workers workers, Namespace namespace) {
    var answering = new FutureTask<>(() -> workers.map(List.of(SIGNALS), NamespaceBench::answer));
    Thread.ofPlatform().daemon().start(answering);
    List<Long> times = new ArrayList<>();
    for (int i = 1; i <= SIGNALS; i++) {
      namespace.await("ready", i, SOON);
      long start = System.nanoTime();
      namespace.signal("ping");
      namespace.await("pong", i, SOON);
      times.add(System.nanoTime() - start);
    }
    return (long) Median.of(times);
  }

  private static int answer(int signals) {
    Namespace namespace = Trestle.namespace();
    for (int i = 1; i <= signals; i++) {
      namespace.signal("ready");
      namespace.await("ping", i, SOON);
      namespace.signal("pong");
    }
    return signals;
  }

  private static double sum(List<Rates> rates, ToDoubleFunction<Rates> of) {
    return rates.stream().mapToDouble(of).sum();
  }

  private static long pss(long pid) {
    return ProcessMemory.read(pid).orElseThrow().pss();
  }

  private static double cpuSeconds(long pid) {
    return ProcessCpu.read(pid).orElseThrow().own().toMillis() / 1e3;
  }

  private static String millis(long nanos) {
    return Bar.millis(nanos / 1e6);
  }

  private static String perSecond(double rate) {
    return String.format(Locale.ROOT, "%,.0f / s", rate);
  }
}
