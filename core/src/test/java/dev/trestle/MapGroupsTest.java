package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.store.NoSuchTableException;
import dev.trestle.store.StoreException;
import dev.trestle.store.TableExistsException;
import dev.trestle.worker.TaskFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** {@code mapGroups}: parts in, one table out. */
@Timeout(60)
class MapGroupsTest extends WithWorkers {
  private static void awaitFile(String path) throws InterruptedException {
    while (Files.notExists(Path.of(path))) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  @Test
  void groupsGiveOneTableInOrderOfFirstAppearance() {
    Table heap =
        Table.create(
            "sales",
            StringColumn.create("city", "Oslo", "Bergen", "Oslo", "", "Bergen", "Oslo"),
            IntColumn.create("amount", 1, 2, 3, 4, 5, 6));
    SharedTable sales = store.share("sales", heap);
    SharedTable sums =
        workers.mapGroups(
            sales,
            "city",
            part ->
                Table.create(
                    "sum",
                    StringColumn.create("city", part.stringColumn("city").get(0)),
                    DoubleColumn.create("sum", part.intColumn("amount").sum())));
    assertEquals(List.of("Oslo", "Bergen", ""), sums.table().stringColumn("city").asList());
    assertEquals(List.of(10.0, 7.0, 4.0), sums.table().doubleColumn("sum").asList());
    assertEquals("sales.by.city", sums.name());
  }

  @Test
  void groupsReturnedUnchangedGiveTheSameRowsAgain() {
    Table heap =
        Tables.everyType(400, 8).addColumns(IntColumn.indexColumn("row", 400, 0)).sortOn("string");
    SharedTable whole = store.share("whole", heap);
    for (String column : List.of("string", "boolean", "short")) {
      SharedTable same = workers.mapGroups(whole, column, part -> part);
      assertEquals(400, same.rowCount());
      SharedTableTest.assertSameCells(heap.sortOn("row"), same.table().sortOn("row"));
      store.drop(same.name());
    }
  }

  @Test
  void aGroupThatFailsIsNamed() {
    SharedTable table = store.share("failing", Table.create("t", IntColumn.create("key", 1, 2, 2)));
    var failed =
        assertThrows(
            TaskFailedException.class,
            () ->
                workers.mapGroups(
                    table,
                    "key",
                    part -> {
                      if (part.rowCount() == 2) {
                        throw new IllegalStateException("boom");
                      }
                      return part;
                    }));
    assertTrue(
        failed.getMessage().contains("group key = 2 of table 'failing'"), failed.getMessage());
    assertTrue(store.tables().stream().noneMatch(t -> t.name().startsWith("failing.")));
    assertNoParts();
  }

  @Test
  void anUnknownGroupColumnIsNamedWithThoseThereAre() {
    SharedTable table = store.share("t1", Table.create("t", IntColumn.create("key", 1)));
    var failed =
        assertThrows(StoreException.class, () -> workers.mapGroups(table, "kye", part -> part));
    assertTrue(failed.getMessage().contains("'kye'"), failed.getMessage());
    assertTrue(failed.getMessage().contains("[key]"), failed.getMessage());
  }

  @Test
  void resultsWithDifferentColumnsAreRefused() {
    SharedTable table = store.share("t2", Table.create("t", IntColumn.create("key", 1, 2)));
    var failed =
        assertThrows(
            StoreException.class,
            () ->
                workers.mapGroups(
                    table,
                    "key",
                    part -> {
                      int key = part.intColumn("key").getInt(0);
                      return Table.create("r", IntColumn.create("c" + key, key));
                    }));
    assertTrue(failed.getMessage().contains("differ"), failed.getMessage());
    assertNoParts();
  }

  @Test
  void aResultNameThatIsTakenIsRefusedBeforeAnyWork() {
    SharedTable table = store.share("t3", Table.create("t", IntColumn.create("key", 1)));
    assertThrows(
        TableExistsException.class, () -> workers.mapGroups(table, "key", "t3", part -> part));
  }

  @Test
  void whatATaskWritesAfterItsCallHasFailedIsRemoved() throws Exception {
    String begun = folder.resolve("begun").toString();
    String failed = folder.resolve("failed").toString();
    String finished = folder.resolve("finished").toString();
    SharedTable table = store.share("late", Table.create("t", IntColumn.create("key", 1, 2, 2)));
    assertThrows(
        TaskFailedException.class,
        () ->
            workers.mapGroups(
                table,
                "key",
                part -> {
                  if (part.rowCount() == 1) {
                    awaitFile(begun);
                    throw new IllegalStateException("early");
                  }
                  Files.createFile(Path.of(begun));
                  awaitFile(failed);
                  Files.createFile(Path.of(finished));
                  return part;
                }));
    Files.createFile(Path.of(failed));
    awaitFile(finished);
    String meeting = folder.resolve("meeting").toString();
    workers.map( // each takes a worker, so the late one has answered
        List.of(1, 2),
        i -> {
          Files.createFile(Path.of(meeting + i));
          awaitFile(meeting + (3 - i));
          return i;
        });
    assertNoParts();
  }

  @Test
  void groupsOfScatteredRowsWithMissingAndNegativeZeroKeepEveryRow() {
    Table heap =
        Table.create(
            "t",
            DoubleColumn.create("key", Double.NaN, 0.0, -0.0, 1, Double.NaN, 0.0, -0.0, 1),
            IntColumn.indexColumn("row", 8, 0));
    SharedTable shared = store.share("scattered", heap);
    SharedTable same = workers.mapGroups(shared, "key", part -> part);
    assertEquals(
        List.of(0, 4, 1, 5, 2, 6, 3, 7), same.table().intColumn("row").asList().stream().toList());
  }

  @Test
  void groupsAreThoseOfTheSharedTableWhateverItsViewHasBecome() {
    SharedTable shared =
        store.share(
            "renamed",
            Table.create("t", IntColumn.create("a", 1, 2, 1), IntColumn.create("b", 3, 3, 3)));
    shared.table().removeColumns("a");
    SharedTable same = workers.mapGroups(shared, "a", part -> part);
    assertEquals(List.of("a", "b"), same.columnNames());
    assertEquals(List.of(1, 1, 2), same.table().intColumn("a").asList());
  }

  @Test
  void anInterruptedCallLeavesNothingOfWhatItsWorkersHadDone() {
    SharedTable table =
        store.share(
            "interrupted", Table.create(IntColumn.create("key", IntStream.range(0, 40).toArray())));
    Path spins = folder.resolve("spinning");
    String path = spins.toString();
    Thread caller = Thread.currentThread();
    var interrupter =
        CompletableFuture.runAsync(() -> {
          NothingLeft.await(() -> Files.exists(spins));
          caller.interrupt();
        });
    assertThrows(
        CancellationException.class,
        () ->
            workers.mapGroups(
                table,
                "key",
                "partial",
                part -> {
                  if (part.intColumn("key").get(0) == 20) {
                    Files.createFile(Path.of(path));
                    while (true) {
                      Thread.onSpinWait();
                    }
                  }
                  return part;
                }));
    assertTrue(Thread.interrupted());
    interrupter.join();
    assertThrows(NoSuchTableException.class, () -> store.attach("partial"));
    assertNoParts();
    assertEquals(40, workers.mapGroups(table, "key", "whole-again", part -> part).rowCount());
  }
}
