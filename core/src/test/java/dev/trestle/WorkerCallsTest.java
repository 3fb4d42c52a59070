package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.closure.CaptureException;
import dev.trestle.worker.Progress;
import dev.trestle.worker.TaskFailedException;
import dev.trestle.worker.TaskTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** The ways to call workers, beside {@code map}. */
@Timeout(60)
class WorkerCallsTest extends WithWorkers {
  private static List<Integer> upTo(int n) {
    return IntStream.range(0, n).boxed().toList();
  }

  record Named(String name, Table table) implements java.io.Serializable {}

  @Test
  void manySmallTasksComeBackInOrder() {
    assertEquals(upTo(200_000), workers.map(upTo(200_000), i -> i));
  }

  @Test
  void everyKindOfValueTravels() {
    List<Object> values =
        List.of(
            true,
            1,
            2L,
            3.5,
            4.5f,
            (short) 5,
            (byte) 6,
            'c',
            "\u00e4\ud83d\ude00",
            "\ud83d",
            "",
            List.of(1, "a"),
            Map.of("k", 1));
    assertEquals(values, workers.map(values, value -> value));
    assertEquals(
        List.of(3.0),
        workers.map(List.of(new double[] {1, 2}), doubles -> doubles[0] + doubles[1]));
    assertEquals(List.of(3), workers.map(List.of(new byte[] {1, 2}), bytes -> bytes[0] + bytes[1]));
  }

  @Test
  void imapGivesResultsInOrderFromAnEndlessInput() {
    AtomicInteger asked = new AtomicInteger();
    try (Results<Integer> results =
        workers.imap(Stream.generate(asked::getAndIncrement), i -> i * 2)) {
      for (int i = 0; i < 1000; i++) {
        assertEquals(2 * i, results.next());
      }
    }
    assertTrue(asked.get() < 100_000, () -> asked + " arguments were asked for");
  }

  @Test
  void imapAsksForNoMoreThanTheWorkersNeedWhileResultsAreNotTaken() {
    AtomicInteger asked = new AtomicInteger();
    try (Results<Integer> results =
        workers
            .chunk(1)
            .imap(
                Stream.generate(asked::getAndIncrement),
                i -> {
                  Thread.sleep(1);
                  return i;
                })) {
      assertEquals(0, results.next());
      assertTrue(asked.get() <= 16, () -> asked + " arguments were asked for");
    }
  }

  @Test
  void imapUnorderedGivesEachResultOnce() {
    Set<Integer> seen = new HashSet<>();
    for (int result : workers.imapUnordered(upTo(5000), i -> i)) {
      assertTrue(seen.add(result));
    }
    assertEquals(new HashSet<>(upTo(5000)), seen);
  }

  @Test
  void imapThrowsWhatATaskThrewAndIsOver() {
    Results<Integer> results = workers.imap(List.of(1, 0, 2), i -> 6 / i);
    var failed =
        assertThrows(TaskFailedException.class, () -> results.forEachRemaining(result -> {}));
    assertInstanceOf(ArithmeticException.class, failed.getCause());
    assertTrue(failed.getMessage().startsWith("task 2 "), failed.getMessage());
    assertFalse(results.hasNext());
  }

  @Test
  void tablesOfAnImapLeaveNoFiles() {
    int rows = 0;
    for (Table table : workers.imap(List.of(3, 4, 5), n -> Tables.everyType(n, n))) {
      rows += table.rowCount();
    }
    assertEquals(12, rows);
    assertNoParts();
  }

  @Test
  void mapTakesPairs() {
    assertEquals(
        List.of("a1", "b2"), workers.map(List.of("a", "b"), List.of(1, 2), (a, b) -> a + b));
    var refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> workers.map(List.of("a", "b"), List.of(1), (a, b) -> a + b));
    assertTrue(refused.getMessage().contains("2 first and 1 second"), refused.getMessage());
  }

  @Test
  void aTableIsMappedOverConfigurations() {
    SharedTable table =
        store.share("configured", Table.create("t", IntColumn.create("n", 1, 2, 3)));
    assertEquals(
        List.of(3, 2),
        workers.map(
            table,
            List.of(0, 1),
            (t, least) -> t.where(t.intColumn("n").isGreaterThan(least)).rowCount()));
  }

  @Test
  void submitDoesNotWait() {
    List<CompletableFuture<Integer>> futures =
        upTo(20).stream().map(i -> workers.submit(i, n -> n + 1)).toList();
    for (int i = 0; i < 20; i++) {
      assertEquals(i + 1, futures.get(i).join());
    }
    assertEquals(5, workers.submit(() -> 5).join());
  }

  @Test
  void whatDependsOnASubmittedTaskMayItselfUseTheWorkers() {
    assertEquals(
        List.of(4),
        workers.submit(3, n -> n + 1).thenApply(n -> workers.map(List.of(n), i -> i)).join());
  }

  @Test
  void aSubmittedTaskFailsItsFuture() {
    var failed =
        assertThrows(CompletionException.class, () -> workers.submit(0, n -> 1 / n).join());
    assertInstanceOf(TaskFailedException.class, failed.getCause());
  }

  @Test
  void cancellingASubmittedTaskFreesItsWorker() throws Exception {
    Path begun = folder.resolve("cancel-begun");
    String path = begun.toString();
    CompletableFuture<Integer> endless =
        workers.submit(
            1,
            n -> {
              Files.createFile(Path.of(path));
              Thread.sleep(60_000);
              return n;
            });
    NothingLeft.await(() -> Files.exists(begun));
    assertTrue(endless.cancel(true));
    assertEquals(upTo(10), workers.map(upTo(10), i -> i));
  }

  @Test
  void forEachDoesEachOnce() {
    String path = folder.resolve("each").toString();
    workers.forEach(upTo(50), i -> Files.createFile(Path.of(path + i)));
    assertTrue(upTo(50).stream().allMatch(i -> Files.exists(Path.of(path + i))));
  }

  @Test
  void reduceKeepsTheOrder() {
    Optional<String> joined =
        workers.reduce(upTo(100), i -> Integer.toString(i), (a, b) -> a + "," + b);
    assertEquals(
        String.join(",", upTo(100).stream().map(i -> Integer.toString(i)).toList()),
        joined.orElseThrow());
    assertEquals(Optional.empty(), workers.reduce(List.<Integer>of(), i -> i, (a, b) -> a + b));
  }

  @Test
  void aStreamIsTakenWhereACollectionIs() {
    assertEquals(List.of(1, 4, 9), workers.map(Stream.iterate(1, i -> i + 1).limit(3), i -> i * i));
    assertEquals(6, workers.reduce(Stream.of(1, 2, 3), i -> i, Integer::sum).orElseThrow());
    assertThrows(
        TaskFailedException.class,
        () ->
            workers.forEach(
                Stream.of(1),
                i -> {
                  throw new IllegalStateException();
                }));
  }

  @Test
  void tablesInListsMapsAndRecordsComeThroughTheStore() {
    List<List<Table>> lists =
        workers.map(List.of(2), n -> List.of(Tables.everyType(n, 1), Tables.everyType(n, 2)));
    SharedTableTest.assertSameCells(Tables.everyType(2, 2), lists.get(0).get(1));
    List<Map<String, Table>> maps =
        workers.map(List.of(3), n -> Map.of("t", Tables.everyType(n, 3)));
    SharedTableTest.assertSameCells(Tables.everyType(3, 3), maps.get(0).get("t"));
    List<Named> records = workers.map(List.of(4), n -> new Named("r", Tables.everyType(n, 4)));
    SharedTableTest.assertSameCells(Tables.everyType(4, 4), records.get(0).table());
    assertNoParts();
  }

  @Test
  void aTaskThatTakesTooLongFailsAndTheOthersGoOn() {
    var late =
        assertThrows(
            TaskTimeoutException.class,
            () ->
                workers
                    .timeout(Duration.ofMillis(300))
                    .map(
                        List.of(1, 2),
                        i -> {
                          Thread.sleep(i == 2 ? 60_000 : 1);
                          return i;
                        }));
    assertEquals(
        "task 2 of 2 failed: it took longer than 300 ms; its worker was ended", late.getMessage());
    assertEquals(List.of(1, 2), workers.map(List.of(1, 2), i -> i));
  }

  @Test
  void theTimeoutHoldsForSubmittedTasksToo() {
    var failed =
        assertThrows(
            CompletionException.class,
            () ->
                workers
                    .timeout(Duration.ofMillis(200))
                    .retries(0)
                    .submit(
                        1,
                        i -> {
                          Thread.sleep(60_000);
                          return i;
                        })
                    .join());
    assertInstanceOf(TaskTimeoutException.class, failed.getCause());
  }

  @Test
  void aTaskThatThrewIsRunAgainAsOftenAsAskedFor() {
    String path = folder.resolve("tries").toString();
    Task<Integer, Integer> third =
        i -> {
          for (int n = 1; n < 3; n++) {
            if (Files.notExists(Path.of(path + i + n))) {
              Files.createFile(Path.of(path + i + n));
              throw new IllegalStateException("try " + n);
            }
          }
          return i;
        };
    assertEquals(List.of(1), workers.retries(2).map(List.of(1), third));
    var failed =
        assertThrows(TaskFailedException.class, () -> workers.retries(1).map(List.of(2), third));
    assertTrue(failed.getMessage().contains("try 2"), failed.getMessage());
  }

  @Test
  void aSlowTaskDoesNotHoldBackTheTasksBehindItInItsBatch() {
    String meeting = folder.resolve("behind").toString();
    // The first waits for the second, which was sent with it: it has to run elsewhere.
    List<Integer> results =
        workers
            .chunk(2)
            .map(
                List.of(0, 1),
                i -> {
                  Path sign = Path.of(meeting);
                  if (i == 1) {
                    Files.createFile(sign);
                  }
                  while (Files.notExists(sign)) {
                    Thread.sleep(5);
                  }
                  return i;
                });
    assertEquals(List.of(0, 1), results);
  }

  @Test
  void aListenerHearsHowFarACallIs() {
    List<Progress> heard = new CopyOnWriteArrayList<>();
    workers
        .progress(heard::add)
        .map(
            upTo(30),
            i -> {
              Thread.sleep(20);
              return i;
            });
    Progress last = heard.getLast();
    assertTrue(last.isOver());
    assertEquals(30, last.done());
    assertEquals(30, last.total());
    assertEquals(2, last.workers().size());
    assertTrue(heard.size() > 1, "only the end was reported");
    assertTrue(last.rate() > 0);
    List<String> tasks = new ArrayList<>();
    heard.forEach(p -> p.workers().forEach(w -> tasks.add(String.valueOf(w.task()))));
    assertTrue(tasks.stream().anyMatch(t -> t.startsWith("task ")), tasks.toString());
  }

  @Test
  void aDisplayHearsOfEveryCallThatHasNoListenerOfItsOwn() throws Exception {
    List<List<Progress>> calls = new CopyOnWriteArrayList<>();
    Trestle.showProgress(() -> {
      List<Progress> heard = new CopyOnWriteArrayList<>();
      calls.add(heard);
      return heard::add;
    });
    try {
      workers.map(upTo(3), i -> i);
      try (Results<Integer> results = workers.imap(upTo(5), i -> i)) {
        results.forEachRemaining(result -> {});
      }
      workers.progress(own -> {}).map(upTo(3), i -> i);
      assertEquals(7, workers.submit(7, i -> i).get());
    } finally {
      Trestle.showProgress(null);
    }
    workers.map(upTo(3), i -> i);
    assertEquals(2, calls.size());
    assertEquals(List.of(3L, 5L), calls.stream().map(heard -> heard.getLast().done()).toList());
    calls.forEach(heard -> assertTrue(heard.getLast().isOver()));
  }

  @Test
  void workersUsedInsideATaskAreRefusedWithAnExplanation() {
    var refused =
        assertThrows(CaptureException.class, () -> workers.map(List.of(1), useOf(workers)));
    assertTrue(refused.getMessage().contains("runs in one of them already"), refused.getMessage());
  }

  private static Task<Integer, Integer> useOf(Workers captured) {
    return i -> captured.size();
  }
}
