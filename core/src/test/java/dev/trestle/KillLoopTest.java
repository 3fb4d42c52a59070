package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.worker.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * Workers killed at random while they work: every call has the right result all the same, and
 * nothing is left of those that died.
 */
class KillLoopTest {
  private static final int WORKERS = 3;

  @TempDir Path folder;

  @Test
  @Tag("slow")
  @Timeout(600)
  void sixtyKills() throws Exception {
    kill(60);
  }

  @Test
  @Tag("stress")
  @Timeout(value = 2, unit = TimeUnit.HOURS) // on a busy machine a kill takes seconds
  void aThousandKills() throws Exception {
    kill(1000);
  }

  /**
   * What this JVM holds; what a worker leaves in it would be there once for each kill.
   *
   * @param heap bytes in use, after a collection
   */
  private record Held(Set<Long> children, int descriptors, int threads, long heap) {
    static Held now() throws IOException {
      System.gc();
      try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
        return new Held(
            ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet()),
            (int) descriptors.count(),
            Thread.activeCount(),
            ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
      }
    }

    void assertNoMore(Held before, int kills) {
      assertEquals(before.children, children, "processes");
      assertTrue(descriptors < before.descriptors + kills / 10, this + " after " + before);
      assertTrue(threads < before.threads + kills / 10, this + " after " + before);
      assertTrue(heap < before.heap + (16L << 20), this + " after " + before);
    }
  }

  /** Kills until it has killed so many, with calls before and after that load all classes. */
  private void kill(int kills) throws Exception {
    try (Store store = Store.open(folder.resolve("store"))) {
      calls(store, 1); // what is loaded and opened once is not held against the kills
      Held before = Held.now();
      long start = System.nanoTime();
      int calls = calls(store, kills);
      double seconds = (System.nanoTime() - start) / 1e9;
      Held after = Held.now();
      System.out.printf(
          "workers: %,d kills in %.0f s, %,d calls with the right result; before: %s; after: %s%n",
          kills, seconds, calls, before, after);
      after.assertNoMore(before, kills);
    }
    assertEquals(List.of(), List.of(folder.resolve("store").toFile().list()));
  }

  /** Calls of several kinds in turn, until so many workers have been killed; says how many. */
  private int calls(Store store, int kills) throws Exception {
    int calls = 0;
    try (Workers workers = store.workers(WORKERS)) {
      var killer = new Killer(workers, kills);
      Workers stubborn = workers.retries(1000).progress(killer::hear);
      Thread thread = Thread.ofPlatform().daemon().start(killer);
      while (thread.isAlive() || calls < 6) {
        // Tables take a new worker long: the others are where most kills are.
        switch (calls++ % 6) {
          case 4 -> assertTablesArrive(stubborn);
          case 5 -> assertGroupsArrive(store, stubborn);
          default -> assertNumbersArrive(stubborn);
        }
      }
      assertEquals(kills, killer.done);
      // Those that live have a socket file only while they start.
      NothingLeft.await(() -> leftovers().isEmpty());
      assertEquals(List.of(), leftovers());
    }
    return calls;
  }

  private static void assertNumbersArrive(Workers workers) {
    List<Integer> numbers = IntStream.range(0, 500).boxed().toList();
    assertEquals(
        numbers,
        workers.map(
            numbers,
            i -> {
              Thread.sleep(1);
              return i;
            }));
  }

  private static void assertTablesArrive(Workers workers) {
    List<Table> tables = workers.map(List.of(3, 4), n -> Tables.everyType(n, n));
    assertEquals(List.of(3, 4), tables.stream().map(Table::rowCount).toList());
  }

  /** Groups in order of first appearance, each with its rows in order. */
  private static void assertGroupsArrive(Store store, Workers workers) {
    IntColumn keys = IntColumn.create("key", IntStream.range(0, 3000).map(r -> r % 60).toArray());
    SharedTable table =
        store.share("kills", Table.create("t", keys, IntColumn.indexColumn("row", 3000, 0)));
    SharedTable same = workers.mapGroups(table, "key", "same", part -> part);
    assertEquals(
        IntStream.range(0, 60)
            .flatMap(key -> IntStream.range(0, 50).map(i -> key + 60 * i))
            .boxed()
            .toList(),
        same.table().intColumn("row").asList());
    assertTrue(same.drop() && table.drop());
  }

  /** Results on their way, and sockets of workers. */
  private List<String> leftovers() {
    List<String> left = new ArrayList<>(Unfinished.in(folder.resolve("store")));
    try (Stream<Path> all = Files.walk(folder)) {
      all.map(Path::toString).filter(file -> file.endsWith(".sock")).forEach(left::add);
    } catch (IOException | UncheckedIOException e) {
      left.add(e.toString()); // a file went while it was looked at
    }
    return left;
  }

  /**
   * Kills a worker, now and then several, at some moment after the calls have got further: so they
   * get further on a busy machine too, where a worker takes long to start.
   */
  private static final class Killer implements Runnable {
    private final Workers workers;
    private final int kills;
    private final Random random;
    private volatile long lastDone;
    private volatile boolean isFurther;
    private volatile int done;

    Killer(Workers workers, int kills) {
      this.workers = workers;
      this.kills = kills;
      this.random = new Random(kills);
    }

    void hear(Progress progress) {
      isFurther |= progress.done() != lastDone;
      lastDone = progress.done();
    }

    @Override
    public void run() {
      while (done < kills) {
        pause(100);
        if (isFurther) {
          isFurther = false;
          for (int more = 1 + random.nextInt(6) / 4; more > 0 && done < kills; more--) {
            killOne(workers.pids());
          }
        }
      }
    }

    /** Waits for the end, so that none is counted twice. */
    private void killOne(List<Long> pids) {
      if (!pids.isEmpty()) {
        ProcessHandle.of(pids.get(random.nextInt(pids.size())))
            .filter(ProcessHandle::destroyForcibly)
            .ifPresent(killed -> {
              killed.onExit().join();
              done++;
            });
      }
    }

    private void pause(int millis) {
      LockSupport.parkNanos(random.nextInt(millis * 1_000_000));
    }
  }
}
