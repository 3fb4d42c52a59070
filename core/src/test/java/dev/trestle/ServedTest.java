package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.closure.CaptureException;
import dev.trestle.worker.OwnerLostException;
import dev.trestle.worker.TaskFailedException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Objects that stay in one place and are asked from others. */
@Timeout(60)
class ServedTest extends WithWorkers {
  private static List<Integer> upTo(int n) {
    return IntStream.range(0, n).boxed().toList();
  }

  /** A table on the owner's heap. */
  private static Table numbers(int rows) {
    var names = StringColumn.create("name");
    upTo(rows).forEach(i -> names.append(i == 1 ? "" : "n" + i));
    return Table.create("numbers", IntColumn.indexColumn("n", rows, 0), names);
  }

  @Test
  void workersAndThisJvmAskTheSameObject() {
    try (Served<Map<String, Integer>> counts =
        workers.serveFrom("counts", HashMap<String, Integer>::new)) {
      workers.forEach(upTo(100), i -> counts.ask(map -> map.merge("total", i, Integer::sum)));
      assertEquals(4950, counts.<Integer>ask(map -> map.get("total")));
      assertEquals(
          List.of(1), workers.map(List.of(1), i -> counts.<Integer>ask(map -> map.size())));
    }
  }

  @Test
  void anObjectIsServedAsItIsSent() {
    var codes = new HashMap<>(Map.of("a", 1));
    try (Served<HashMap<String, Integer>> served = workers.serve(codes)) {
      assertEquals("HashMap", served.name());
      assertEquals(1, served.<Integer>ask(map -> map.get("a")));
    }
  }

  @Test
  void onlyOneQuestionIsAnsweredAtATime() {
    try (Served<int[]> inside = workers.serveFrom("inside", () -> new int[2])) {
      List<CompletableFuture<Void>> askers =
          upTo(4).stream()
              .map(n ->
                  CompletableFuture.runAsync(
                      () -> upTo(25).forEach(i -> inside.ask(ServedTest::countWhoIsInside))))
              .toList();
      askers.forEach(CompletableFuture::join);
      assertEquals(List.of(0, 1), inside.<List<Integer>>ask(n -> List.of(n[0], n[1])));
    }
  }

  private static int countWhoIsInside(int[] inside) throws InterruptedException {
    inside[0]++;
    inside[1] = Math.max(inside[1], inside[0]);
    Thread.sleep(1);
    return inside[0]--;
  }

  @Test
  void aTableIsReadByTheCellTheRowAndTheSlice() {
    try (ServedTable served = workers.serveTable("numbers", () -> numbers(1000))) {
      assertEquals(1000, served.rowCount());
      assertEquals(List.of("n", "name"), served.columnNames());
      assertEquals(
          List.of("n7", "n8"), workers.map(List.of(7, 8), row -> served.cell(row, "name")));
      assertNull(served.cell(1, "name"), "missing");
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("n", 1);
      row.put("name", null);
      assertEquals(List.of(row), workers.map(List.of(1), i -> served.row(i)));
      SharedTableTest.assertSameCells(numbers(1000).inRange(10, 20), served.slice(10, 20));
      assertEquals(
          List.of(45.0), workers.map(List.of(10), n -> served.slice(0, n).intColumn("n").sum()));
    }
    assertNoParts();
  }

  @Test
  void aTableThatIsServedMayChangeWhereItIs() {
    try (ServedTable served = workers.serveTable("growing", () -> numbers(2))) {
      workers.forEach(upTo(10), i -> served.ask(table -> table.append(numbers(1)).rowCount()));
      assertEquals(12, served.rowCount());
    }
  }

  @Test
  void aHeapTableIsSentToItsOwnerAndServedThere() {
    try (ServedTable served = workers.serveTable(Tables.everyType(20, 3))) {
      SharedTableTest.assertSameCells(Tables.everyType(20, 3).inRange(3, 20), served.slice(3, 20));
    }
    assertNoParts();
  }

  @Test
  void aSliceIsACopyThatMayBeChanged() {
    try (ServedTable served = workers.serveTable("numbers", () -> numbers(10))) {
      Table slice = served.slice(2, 4);
      slice.intColumn("n").set(0, -1);
      slice.append(served.slice(4, 5));
      assertEquals(List.of(-1, 3, 4), slice.intColumn("n").asList());
      assertEquals(2, served.cell(2, "n"));
    }
  }

  @Test
  void aSliceTooLargeForAMessageComesThroughTheStore() {
    int rows = 3_000_000; // of 8 bytes
    try (ServedTable served =
        workers.serveTable(
            "large", () -> Table.create("large", DoubleColumn.create("x", new double[rows])))) {
      served.ask(table -> table.doubleColumn("x").set(rows - 1, 1.5).size());
      Table slice = served.slice(0, rows);
      assertEquals(rows, slice.rowCount());
      assertEquals(1.5, slice.doubleColumn("x").sum());
    }
    assertNoParts();
  }

  @Test
  void rowsThatATableDoesNotHaveAreRefused() {
    try (ServedTable served = workers.serveTable("numbers", () -> numbers(10))) {
      var failed = assertThrows(TaskFailedException.class, () -> served.slice(5, 11));
      assertInstanceOf(IndexOutOfBoundsException.class, failed.getCause());
      assertTrue(failed.getMessage().contains("rows 5 to 11"), failed.getMessage());
    }
  }

  @Test
  void whatAQuestionUsesGoesWithItAndIsNotChangedHere() {
    Table wanted = Table.create("w", IntColumn.create("n", 2, 3));
    int[] seen = {0};
    try (Served<List<Integer>> served =
        workers.serveFrom("list", () -> Arrays.asList(1, 2, 3, 4))) {
      for (int i = 0; i < 2; i++) {
        assertEquals(
            2L,
            served.<Long>ask(list -> {
              seen[0] += 5;
              return list.stream().filter(wanted.intColumn("n")::contains).count() + seen[0] - 5;
            }));
        if (!isInProcess()) {
          assertEquals(0, seen[0]);
        }
        seen[0] = 0;
      }
    }
    assertNoParts();
  }

  boolean isInProcess() {
    return false;
  }

  @Test
  void whatAQuestionThrowsReachesTheAsker() {
    try (Served<Map<String, Integer>> served = workers.serveFrom("empty", Map::of)) {
      var here = assertThrows(TaskFailedException.class, () -> served.ask(ServedTest::firstOf));
      assertInstanceOf(IllegalStateException.class, here.getCause());
      assertTrue(here.getMessage().contains("served 'empty'"), here.getMessage());
      assertTrue(
          Arrays.stream(here.getCause().getStackTrace())
              .anyMatch(frame -> frame.getMethodName().equals("firstOf")),
          "the owner's frames");
      var there =
          assertThrows(
              TaskFailedException.class,
              () -> workers.map(List.of(1), i -> served.ask(ServedTest::firstOf)));
      assertInstanceOf(IllegalStateException.class, there.getCause().getCause());
      assertEquals(0, served.<Integer>ask(Map::size), "it goes on");
    }
  }

  private static int firstOf(Map<String, Integer> map) {
    return map.values().stream()
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("nothing there"));
  }

  @Test
  void closedWorkersServeNothing() {
    Workers closed =
        isInProcess() ? store.workersInProcess(WorkerSettings.of(1)) : store.workers(1);
    closed.close();
    assertThrows(IllegalStateException.class, () -> closed.serve("text"));
  }

  @Test
  void aMakerThatThrowsSaysSo() {
    var failed =
        assertThrows(
            TaskFailedException.class,
            () ->
                workers.serveFrom(
                    "broken",
                    () -> {
                      throw new java.io.IOException("no file");
                    }));
    assertTrue(failed.getMessage().contains("'broken'"), failed.getMessage());
    assertTrue(failed.getMessage().contains("no file"), failed.getMessage());
  }

  @Test
  void aClosedOneSaysWhichItWas() {
    Served<String> served = workers.serve("closed-one", "text");
    assertEquals(4, served.<Integer>ask(String::length));
    served.close();
    var lost = assertThrows(OwnerLostException.class, () -> served.ask(String::length));
    assertTrue(lost.getMessage().contains("'closed-one'"), lost.getMessage());
    assertTrue(lost.getMessage().contains("closed"), lost.getMessage());
    served.close();
  }

  @Test
  void whatCannotBeSentCannotBeServedButMade() {
    if (isInProcess()) {
      return;
    }
    assertThrows(CaptureException.class, () -> workers.serve(new Thread()));
    try (Served<Thread> served = workers.serveFrom("thread", Thread::new)) {
      assertEquals(false, served.<Boolean>ask(Thread::isAlive));
      var failed =
          assertThrows(TaskFailedException.class, () -> served.<Thread>ask(thread -> thread));
      assertTrue(failed.getMessage().contains("cannot be sent back"), failed.getMessage());
    }
  }
}
