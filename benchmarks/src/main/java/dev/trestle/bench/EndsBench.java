package dev.trestle.bench;

import dev.trestle.Store;
import dev.trestle.Trestle;
import dev.trestle.Workers;
import dev.trestle.memory.ProcessMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How long that goes on which nobody wants any more: tasks without an end when their call is
 * interrupted, and when the JVM that made the call is killed.
 */
final class EndsBench {
  private static final int WORKERS = 2;

  private final TextTable figures;
  private final int repeat;

  EndsBench(TextTable figures, int repeat) {
    this.figures = figures;
    this.repeat = repeat;
  }

  /** Adds the longest of all runs: the bars are limits. */
  void run(Store store) throws IOException, InterruptedException {
    List<Double> interrupted = new ArrayList<>();
    List<Double> again = new ArrayList<>();
    List<Double> killed = new ArrayList<>();
    for (int run = 0; run < repeat; run++) {
      Path folder = Files.createTempDirectory("bench-ends");
      try {
        interrupt(store, Files.createDirectory(folder.resolve("interrupted")), interrupted, again);
        killed.add(kill(folder, Files.createDirectory(folder.resolve("killed"))));
      } finally {
        remove(folder);
      }
    }
    Bar.milliseconds("call interrupted: its tasks, while (true), are gone", 1000)
        .addTo(figures, Collections.max(interrupted), true);
    figures.add(
        "call interrupted: the next one has its result",
        Bar.millis(Collections.max(again)),
        "",
        "");
    Bar.milliseconds("kill -9 of the caller: its workers are gone", 2000)
        .addTo(figures, Collections.max(killed), true);
  }

  private static void interrupt(
      Store store, Path marks, List<Double> interrupted, List<Double> again)
      throws IOException, InterruptedException {
    try (Workers workers = store.workers(WORKERS)) {
      Thread caller = Thread.ofPlatform().start(() -> callThatIsInterrupted(workers, marks));
      List<Long> pids = busy(marks);
      long start = System.nanoTime();
      caller.interrupt();
      caller.join();
      awaitEnd(pids);
      interrupted.add((System.nanoTime() - start) / 1e6);
      workers.map(List.of(1), x -> x);
      again.add((System.nanoTime() - start) / 1e6);
    }
  }

  @SuppressWarnings("EmptyCatch") // it says that the call was interrupted
  private static void callThatIsInterrupted(Workers workers, Path marks) {
    try {
      workForEver(workers, marks);
    } catch (RuntimeException e) {
      // as it is to be
    }
  }

  private static double kill(Path store, Path marks) throws IOException, InterruptedException {
    Process caller =
        new ProcessBuilder(
                OtherJvm.command(
                    List.of(
                        "-XX:+UseSerialGC",
                        "--sun-misc-unsafe-memory-access=allow",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dtrestle.store=" + store.resolve("store")),
                    EndsBench.class,
                    marks.toString()))
            .inheritIO()
            .start();
    try {
      List<Long> pids = busy(marks);
      long start = System.nanoTime();
      caller.destroyForcibly();
      awaitEnd(pids);
      return (System.nanoTime() - start) / 1e6;
    } finally {
      caller.destroyForcibly().waitFor();
    }
  }

  /** The JVM that is killed: the folder for the marks. */
  static void main(String[] arguments) {
    try (Workers workers = Trestle.workers(WORKERS)) {
      workForEver(workers, Path.of(arguments[0]));
    }
  }

  /** Each worker leaves its process id in the folder when it has begun. */
  private static void workForEver(Workers workers, Path marks) {
    workers.forEach(
        IntStream.range(0, WORKERS).boxed().toList(),
        none -> {
          Files.createFile(marks.resolve(Long.toString(ProcessHandle.current().pid())));
          while (true) {
            Thread.onSpinWait();
          }
        });
  }

  /** Waits until all workers are in the middle of their tasks; returns their process ids. */
  private static List<Long> busy(Path marks) throws IOException, InterruptedException {
    while (true) {
      try (Stream<Path> files = Files.list(marks)) {
        List<Long> pids = files.map(each -> Long.valueOf(each.getFileName().toString())).toList();
        if (pids.size() == WORKERS) {
          return pids;
        }
      }
      Thread.sleep(10);
    }
  }

  private static void awaitEnd(List<Long> pids) throws InterruptedException {
    for (long pid : pids) {
      while (ProcessMemory.read(pid).isPresent()) {
        Thread.sleep(1);
      }
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
