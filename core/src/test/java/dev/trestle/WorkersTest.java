package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.worker.TaskFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** {@code map}, and what travels with a task. */
@Timeout(60)
class WorkersTest extends WithWorkers {
  @Test
  void resultsComeInTheOrderOfTheArguments() {
    int factor = 3;
    List<Integer> results = workers.map(IntStream.range(0, 100).boxed().toList(), i -> i * factor);
    assertEquals(IntStream.range(0, 100).mapToObj(i -> i * 3).toList(), results);
  }

  @Test
  void tasksRunInTheWorkersAndNotHere() {
    Set<Long> pids =
        Set.copyOf(workers.map(List.of(1, 2, 3, 4), i -> ProcessHandle.current().pid()));
    assertTrue(workers.pids().containsAll(pids));
    assertFalse(pids.contains(ProcessHandle.current().pid()));
  }

  @Test
  void nothingToDoGivesNoResults() {
    assertEquals(List.of(), workers.map(List.of(), i -> i));
  }

  @Test
  void missingArgumentsAndResultsTravel() {
    assertEquals(Arrays.asList(null, "b"), workers.map(Arrays.asList(null, "b"), value -> value));
  }

  @Test
  void aTaskReadsASharedTableWithoutACopy() {
    SharedTable table = store.share("numbers", Tables.everyType(1000, 7));
    double here = table.table().doubleColumn("double").mean();
    List<Double> there =
        workers.map(List.of("double", "float"), name -> table.table().numberColumn(name).mean());
    assertEquals(here, there.getFirst());
    MemoryReport.TableLine line =
        store.memory().tables().stream()
            .filter(t -> t.name().equals("numbers"))
            .findFirst()
            .orElseThrow();
    assertTrue(line.mappedBy().contains(ProcessHandle.current().pid()), line.toString());
    assertTrue(line.mappedBy().size() >= 2, line.toString());
  }

  @Test
  void aHeapTableThatATaskUsesTravelsThroughSharedMemory() {
    Table heap = Tables.everyType(100, 9);
    IntColumn column = heap.intColumn("int");
    List<Integer> rows = workers.map(List.of(0, 1), i -> heap.rowCount() + column.size() + i);
    assertEquals(List.of(200, 201), rows);
    assertNoParts();
    var readOnly =
        assertThrows(
            TaskFailedException.class,
            () -> workers.map(List.of(1), i -> heap.intColumn("int").set(0, i).size()));
    assertTrue(readOnly.getMessage().contains("copy()"), readOnly.getMessage());
  }

  @Test
  void theTableOfASharedOneIsNotSharedAgain() {
    Table mapped = store.share("once-only", Tables.everyType(100, 10)).table();
    List<String> files =
        workers
            .<Integer, List<String>>map(
                List.of(1),
                i -> {
                  mapped.intColumn("int").sum();
                  return Files.readString(Path.of("/proc/self/maps"))
                      .lines()
                      .filter(line -> line.contains(".call"))
                      .map(line -> line.substring(line.lastIndexOf('/') + 1))
                      .distinct()
                      .toList();
                })
            .getFirst();
    assertEquals(List.of(), files.stream().filter(f -> !f.contains("(deleted)")).toList());
    List<Long> readers =
        store.tables().stream()
            .filter(table -> table.name().equals("once-only"))
            .findFirst()
            .orElseThrow()
            .mappedBy();
    assertTrue(readers.stream().anyMatch(workers.pids()::contains), readers.toString());
  }

  @Test
  void aTableThatATaskReturnsArrivesAsATable() {
    List<Table> tables = workers.map(List.of(3, 5), rows -> Tables.everyType(rows, rows));
    SharedTableTest.assertSameCells(Tables.everyType(3, 3), tables.get(0));
    SharedTableTest.assertSameCells(Tables.everyType(5, 5), tables.get(1));
    assertNoParts();
  }

  @Test
  void callsFromSeveralThreadsShareTheWorkers() {
    List<CompletableFuture<List<Integer>>> calls =
        IntStream.range(0, 4)
            .mapToObj(n ->
                CompletableFuture.supplyAsync(
                    () -> workers.map(IntStream.range(0, 50).boxed().toList(), i -> i * n)))
            .toList();
    for (int n = 0; n < 4; n++) {
      int factor = n;
      assertEquals(IntStream.range(0, 50).mapToObj(i -> i * factor).toList(), calls.get(n).join());
    }
  }

  @Test
  void aTableSharedByATaskBelongsToThisSession() {
    List<Long> rows =
        workers.map(
            List.of("from-a-task"),
            name ->
                Trestle.share(name, Table.create("t", IntColumn.create("a", 1, 2, 3))).rowCount());
    assertEquals(List.of(3L), rows);
    assertEquals(3, store.attach("from-a-task").rowCount());
  }

  @Test
  void poolsStartedAtOnceDoNotGetInEachOthersWay() {
    List<CompletableFuture<Workers>> starts =
        IntStream.range(0, 3)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> store.workers(1)))
            .toList();
    for (CompletableFuture<Workers> start : starts) {
      try (Workers one = start.join()) {
        assertEquals(one.pids(), one.map(List.of(1), i -> ProcessHandle.current().pid()));
      }
    }
  }

  @Test
  void noWorkersAtAllAreRefused() {
    for (int n : new int[] {0, -1}) {
      var refused = assertThrows(IllegalArgumentException.class, () -> store.workers(n));
      assertTrue(refused.getMessage().contains("at least 1"), refused.getMessage());
    }
  }
}
