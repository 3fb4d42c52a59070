package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.worker.WorkerLostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workers that are replaced, added and taken away while there is work. */
@Tag("slow")
@Timeout(120)
class PoolChangesTest {
  @TempDir Path folder;
  private Store store;

  @BeforeEach
  void open() {
    store = Store.open(folder.resolve("store"));
  }

  @AfterEach
  void close() {
    store.close();
    assertEquals(List.of(), List.of(folder.resolve("store").toFile().list()));
  }

  private static List<Integer> upTo(int n) {
    return IntStream.range(0, n).boxed().toList();
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  @Test
  void aPoolGrowsAndShrinksWhileItWorks() {
    try (Workers workers = store.workers(1)) {
      var call =
          CompletableFuture.supplyAsync(() ->
              workers.map(
                  upTo(600),
                  i -> {
                    Thread.sleep(2);
                    return i;
                  }));
      for (int size : new int[] {3, 1, 2, 1}) {
        workers.resize(size);
        assertEquals(size, workers.size());
      }
      assertEquals(upTo(600), call.join());
      NothingLeft.await(() -> workers.pids().size() == 1);
      assertEquals(1, workers.pids().size());
    }
  }

  @Test
  void aWorkerThatIsToLeaveIsEndedWithTheCallThatKeepsIt() throws Exception {
    try (Workers workers = store.workers(2)) {
      List<Long> pids = workers.pids();
      Thread caller = Thread.currentThread();
      var shrinker =
          CompletableFuture.runAsync(
              () -> {
                workers.resize(1);
                caller.interrupt();
              },
              CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS));
      assertThrows(
          CancellationException.class, () -> workers.map(List.of(1, 2), PoolChangesTest::spin));
      assertTrue(Thread.interrupted());
      shrinker.join();
      NothingLeft.await(() -> pids.stream().noneMatch(PoolChangesTest::isAlive));
      assertEquals(List.of(), pids.stream().filter(PoolChangesTest::isAlive).toList());
      assertEquals(upTo(3), workers.map(upTo(3), i -> i));
    }
  }

  @Test
  void aWorkerThatIsToLeaveIsEndedWithThePool() throws Exception {
    Workers workers = store.workers(2);
    List<Long> pids = workers.pids();
    var call =
        CompletableFuture.supplyAsync(() -> workers.map(List.of(1, 2), PoolChangesTest::spin));
    TimeUnit.MILLISECONDS.sleep(500);
    workers.resize(1);
    workers.close();
    assertEquals(List.of(), pids.stream().filter(PoolChangesTest::isAlive).toList());
    assertThrows(CompletionException.class, call::join);
  }

  private static int spin(int i) {
    while (true) {
      Thread.onSpinWait();
    }
  }

  @Test
  void noWorkerRunsMoreTasksThanItMay() {
    try (Workers workers = store.workers(WorkerSettings.of(2).recycleAfter(50))) {
      List<Long> pids = workers.map(upTo(400), i -> ProcessHandle.current().pid());
      for (long pid : pids) {
        assertTrue(Collections.frequency(pids, pid) <= 50, pids.toString());
      }
    }
  }

  @Test
  void stateAndInitializerBeginAnewInAWorkerThatReplacesAnother() {
    WorkerSettings settings =
        WorkerSettings.of(1)
            .recycleAfter(3)
            .initializer(() -> Workers.state("count", () -> new int[] {10})[0]++);
    try (Workers workers = store.workers(settings)) {
      assertEquals(
          List.of(12, 13, 14, 12, 13, 14, 12),
          workers.map(upTo(7), i -> ++Workers.state("count", () -> new int[1])[0]));
    }
  }

  @Test
  void anInitializerThatFailsLaterFailsTheCallsUntilItWorksAgain() throws Exception {
    Path model = Files.createFile(folder.resolve("model"));
    String path = model.toString();
    WorkerSettings settings =
        WorkerSettings.of(2).initializer(() -> Files.readAllBytes(Path.of(path)));
    try (Workers workers = store.workers(settings)) {
      Files.delete(model);
      WorkerStartTest.end(workers);
      var lost = assertThrows(WorkerLostException.class, () -> workers.map(upTo(3), i -> i));
      assertTrue(lost.getMessage().contains("its initializer threw"), lost.getMessage());
      assertTrue(lost.getMessage().contains("NoSuchFileException"), lost.getMessage());
      Files.createFile(model);
      NothingLeft.await(() -> workers.pids().size() == 2);
      assertEquals(upTo(3), workers.map(upTo(3), i -> i));
    }
  }

  @Test
  void anIdleWorkerThatComesBackIsInitializedAgain() {
    WorkerSettings settings =
        WorkerSettings.of(1)
            .idleAfter(Duration.ofMillis(100))
            .initializer(() -> Workers.state("ready", () -> "yes"));
    try (Workers workers = store.workers(settings)) {
      NothingLeft.await(() -> workers.pids().isEmpty());
      assertEquals(
          List.of("yes"), workers.map(List.of(1), i -> Workers.state("ready", () -> "no")));
    }
  }

  /** Memory that is the worker's own. */
  private static int hoard(int bytes) throws InterruptedException {
    byte[] hoard = new byte[bytes];
    Arrays.fill(hoard, (byte) 1);
    Thread.sleep(bytes > 1 ? 30_000 : 0);
    return hoard.length;
  }

  @Test
  void aWorkerAboveItsMemoryLimitIsReplacedAndItsTaskRunAgain() throws Exception {
    Path marker = folder.resolve("hoarded-once");
    String path = marker.toString();
    try (Workers workers = store.workers(WorkerSettings.of(1).memoryLimit(100 << 20))) {
      List<Long> before = workers.pids();
      assertEquals(
          List.of(1, 1, 1),
          workers.map(
              upTo(3),
              i -> {
                if (i == 1 && Files.notExists(Path.of(path))) {
                  Files.createFile(Path.of(path));
                  return hoard(150 << 20);
                }
                return hoard(1);
              }));
      assertFalse(workers.pids().contains(before.getFirst()));
    }
    Files.delete(marker);
  }

  @Test
  void theMemoryLimitHoldsForSubmittedTasksToo() {
    try (Workers workers = store.workers(WorkerSettings.of(1).memoryLimit(100 << 20))) {
      var lost =
          assertThrows(
              ExecutionException.class,
              () -> workers.retries(0).submit(() -> hoard(150 << 20)).get());
      assertTrue(
          lost.getCause().getMessage().contains("above its limit of 104,857,600"),
          lost.getMessage());
      assertEquals(List.of(1), workers.map(List.of(1), PoolChangesTest::hoard));
    }
  }

  @Test
  void noTaskIsLostWithAnotherThatEndsItsWorker() {
    try (Workers workers = store.workers(2)) {
      List<CompletableFuture<Integer>> futures =
          upTo(40).stream()
              .map(i ->
                  workers
                      .retries(1)
                      .submit(() -> {
                        if (i % 20 == 7) {
                          Runtime.getRuntime().halt(i);
                        }
                        return i;
                      }))
              .toList();
      for (int i = 0; i < 40; i++) {
        CompletableFuture<Integer> future = futures.get(i);
        if (i % 20 == 7) {
          var failed = assertThrows(ExecutionException.class, future::get);
          assertTrue(
              failed.getCause().getMessage().contains("exit code " + i), failed.getMessage());
        } else {
          assertEquals(i, future.join());
        }
      }
    }
  }
}
