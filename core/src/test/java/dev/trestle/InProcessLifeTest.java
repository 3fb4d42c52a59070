package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.worker.TaskTimeoutException;
import dev.trestle.worker.WorkerLostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How workers that are threads of this JVM begin, are ended and are replaced. */
@Timeout(60)
class InProcessLifeTest {
  @TempDir Path folder;
  private Store store;

  @BeforeEach
  void open() {
    store = Store.open(folder.resolve("store"));
  }

  @AfterEach
  void close() {
    store.close();
    NothingLeft.await(() -> threads() == 0);
    assertEquals(0, threads(), "threads of workers are left");
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("trestle-task-"))
        .count();
  }

  private Workers workers(WorkerSettings settings) {
    return store.workersInProcess(settings);
  }

  @Test
  void theInitializerRunsOnceInEachWorkerAndStateIsItsOwn() {
    var initialized = new AtomicInteger();
    var bothAreBusy = new CountDownLatch(2);
    try (Workers workers =
        workers(
            WorkerSettings.of(2)
                .initializer(() -> Workers.state("counter", initialized::incrementAndGet)))) {
      Task<Integer, Integer> state =
          i -> {
            bothAreBusy.countDown();
            bothAreBusy.await();
            return Workers.state("counter", () -> -1);
          };
      assertEquals(Set.of(1, 2), Set.copyOf(workers.chunk(1).map(List.of(1, 2), state)));
    }
    assertEquals(2, initialized.get());
  }

  @Test
  void whatTheInitializerThrowsIsTold() {
    WorkerSettings settings =
        WorkerSettings.of(1)
            .initializer(() -> {
              throw new IllegalStateException("no model");
            });
    var lost = assertThrows(WorkerLostException.class, () -> workers(settings));
    assertTrue(lost.getMessage().contains("no model"), lost.getMessage());
  }

  @Test
  void aWorkerIsReplacedAfterAsManyTasksAsItMayRun() {
    try (Workers workers = workers(WorkerSettings.of(1).recycleAfter(3))) {
      List<Long> threads =
          workers.chunk(1).map(List.of(1, 2, 3, 4, 5, 6), i -> Thread.currentThread().threadId());
      assertEquals(2, Set.copyOf(threads).size(), threads.toString());
      assertEquals(1, Set.copyOf(threads.subList(0, 3)).size(), threads.toString());
    }
  }

  @Test
  void anIdleWorkerEndsAndComesBackWhenThereIsWork() {
    try (Workers workers = workers(WorkerSettings.of(2).idleAfter(Duration.ofMillis(100)))) {
      NothingLeft.await(() -> threads() == 0);
      assertEquals(0, threads());
      assertEquals(List.of(1, 2, 3), workers.map(List.of(1, 2, 3), i -> i));
    }
  }

  @Test
  void aPoolGrowsAndShrinks() {
    try (Workers workers = workers(WorkerSettings.of(1))) {
      workers.resize(3);
      assertEquals(3, threads());
      workers.resize(1);
      NothingLeft.await(() -> threads() == 1);
      assertEquals(1, threads());
      assertEquals(List.of(1, 2, 3), workers.map(List.of(1, 2, 3), i -> i));
    }
  }

  @Test
  void anInterruptOfTheCallerInterruptsTheTasks() throws Exception {
    var begun = new CountDownLatch(2);
    var interrupted = new CountDownLatch(2);
    try (Workers workers = workers(WorkerSettings.of(2))) {
      Thread caller = Thread.currentThread();
      var interrupter =
          CompletableFuture.runAsync(() -> {
            try {
              begun.await();
            } catch (InterruptedException e) {
              throw new CompletionException(e);
            }
            caller.interrupt();
          });
      assertThrows(
          CancellationException.class,
          () ->
              workers
                  .chunk(1)
                  .map(
                      List.of(1, 2),
                      i -> {
                        begun.countDown();
                        try {
                          Thread.sleep(60_000);
                        } finally {
                          interrupted.countDown();
                        }
                        return i;
                      }));
      assertTrue(Thread.interrupted());
      interrupter.join();
      interrupted.await();
      assertEquals(List.of(1, 2, 3), workers.map(List.of(1, 2, 3), i -> i));
    }
  }

  @Test
  void aTaskThatDoesNotReactToItsTimeoutIsLeftBehindAndWhatItGivesIsDropped() {
    var goOn = new AtomicBoolean();
    var runs = new AtomicInteger();
    try (Workers workers = workers(WorkerSettings.of(1))) {
      assertThrows(
          TaskTimeoutException.class,
          () ->
              workers
                  .retries(0)
                  .timeout(Duration.ofMillis(100))
                  .map(
                      List.of(1),
                      i -> {
                        while (!goOn.get()) {
                          Thread.onSpinWait();
                        }
                        return runs.incrementAndGet();
                      }));
      assertEquals(List.of(5), workers.map(List.of(5), i -> i), "another worker has its place");
      goOn.set(true);
      NothingLeft.await(() -> runs.get() == 1);
      assertEquals(1, runs.get());
    }
  }

  @Test
  void aTaskMayLeaveItsThreadInterrupted() {
    try (Workers workers = workers(WorkerSettings.of(1))) {
      List<Long> threads =
          workers.map(
              List.of(1, 2, 3),
              i -> {
                Thread.currentThread().interrupt();
                return Thread.currentThread().threadId();
              });
      assertEquals(1, Set.copyOf(threads).size());
    }
  }

  @Test
  void closingDuringACallFailsIt() throws Exception {
    var begun = new CountDownLatch(1);
    Workers busy = workers(WorkerSettings.of(1));
    var call =
        CompletableFuture.supplyAsync(() ->
            busy.map(
                List.of(1, 2, 3),
                i -> {
                  begun.countDown();
                  Thread.sleep(60_000);
                  return i;
                }));
    begun.await();
    busy.close();
    var failed = assertThrows(CompletionException.class, call::join);
    assertInstanceOf(IllegalStateException.class, failed.getCause());
    assertTrue(failed.getMessage().contains("closed"), failed.getMessage());
    assertThrows(IllegalStateException.class, () -> busy.map(List.of(1), i -> i));
  }

  @Test
  void tooDeepARecursionFailsItsTaskOnly() {
    try (Workers workers = workers(WorkerSettings.of(1))) {
      var failed =
          assertThrows(RuntimeException.class, () -> workers.map(List.of(1), this::recursive));
      assertInstanceOf(StackOverflowError.class, failed.getCause());
      assertEquals(List.of(1), workers.map(List.of(1), i -> i));
    }
  }

  @SuppressWarnings("InfiniteRecursion")
  private int recursive(int i) {
    return recursive(i + 1) + 1;
  }

  @Test
  void aMemoryLimitIsRefused() {
    var refused =
        assertThrows(
            IllegalArgumentException.class, () -> workers(WorkerSettings.of(1).memoryLimit(1)));
    assertTrue(refused.getMessage().contains("no memory of their own"), refused.getMessage());
  }

  @Test
  void theDefaultStoreHasWorkersOfThisKindToo() {
    try (Workers workers = Workers.inProcess(2)) {
      assertEquals(2, workers.size());
      assertFalse(workers.map(List.of(1), i -> Thread.currentThread().isDaemon()).contains(false));
      assertTrue(Trestle.openWorkers().contains(workers));
    } finally {
      Trestle.store().close();
    }
  }

  @Test
  void manyTinyTasksFromSeveralThreadsComeBackInOrder() {
    try (Workers workers = workers(WorkerSettings.of(2))) {
      List<Integer> arguments = IntStream.range(0, 50_000).boxed().toList();
      List<CompletableFuture<List<Integer>>> calls =
          IntStream.range(0, 4)
              .mapToObj(
                  n -> CompletableFuture.supplyAsync(() -> workers.map(arguments, i -> i + n)))
              .toList();
      for (int n = 0; n < 4; n++) {
        int more = n;
        assertEquals(arguments.stream().map(i -> i + more).toList(), calls.get(n).join());
      }
    }
  }
}
