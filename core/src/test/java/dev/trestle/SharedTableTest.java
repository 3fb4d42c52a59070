package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.store.NoSuchTableException;
import dev.trestle.store.StoreException;
import dev.trestle.store.TableExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

class SharedTableTest {
  @TempDir Path folder;
  Store store;

  @BeforeEach
  void open() {
    store = Store.open(folder.resolve("store"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void everyColumnTypeReadsBackEqualWithItsMissingValues() {
    Table heap = Tables.everyType(1000, 1);
    Table mapped = store.share("everything", heap).table();
    assertSameCells(heap, mapped);
  }

  @Test
  void aTableWithoutRowsKeepsItsColumns() {
    Table heap = Tables.everyType(0, 1);
    Table mapped = store.share("nothing", heap).table();
    assertSameCells(heap, mapped);
    assertEquals(0, mapped.rowCount());
  }

  @Test
  void aTableWithoutColumnsCanBeShared() {
    Table mapped = store.share("bare", Table.create("bare")).table();
    assertEquals(0, mapped.columnCount());
    assertEquals(0, mapped.rowCount());
  }

  @Test
  void missingValuesAreFoundAtTheEdgesOfTheBitmap() {
    for (int rows : new int[] {1, 7, 8, 9, 63, 64, 65}) {
      Table heap = Tables.everyType(rows, rows);
      assertSameCells(heap, store.share("t" + rows, heap).table());
    }
  }

  @Test
  void columnsAreTablesawsOwnClasses() {
    Table heap = Tables.everyType(3, 1);
    Table mapped = store.share("classes", heap).table();
    for (int i = 0; i < heap.columnCount(); i++) {
      assertSame(heap.column(i).getClass(), mapped.column(i).getClass());
    }
  }

  @Test
  void aMappedTableCanBeSharedAgainAndAttachedByName() {
    Table heap = Tables.everyType(500, 2);
    Table once = store.share("once", heap).table();
    store.share("twice", once);
    assertSameCells(heap, store.attach("twice").table());
  }

  @Test
  void writesAreRefusedAndACopyCanBeChanged() {
    Table mapped = store.share("t", Tables.everyType(10, 3)).table();
    var refused =
        assertThrows(UnsupportedOperationException.class, () -> mapped.intColumn("int").set(0, 1));
    assertTrue(refused.getMessage().contains("copy()"), refused.getMessage());
    assertThrows(
        UnsupportedOperationException.class, () -> mapped.stringColumn("string").append("x"));
    assertThrows(
        UnsupportedOperationException.class, () -> mapped.booleanColumn("boolean").append(true));
    for (Column<?> column : mapped.columns()) {
      assertThrows(UnsupportedOperationException.class, column::appendMissing, column.name());
      assertThrows(UnsupportedOperationException.class, column::clear, column.name());
      assertThrows(UnsupportedOperationException.class, column::sortAscending, column.name());
    }
    Table copy = mapped.copy();
    copy.intColumn("int").set(0, 42);
    assertEquals(42, copy.intColumn("int").getInt(0));
    assertNotSame(42, mapped.intColumn("int").getInt(0));
  }

  @Test
  void tablesawsOperationsGiveWhatTheyGiveOnTheHeap() {
    Table heap = Tables.everyType(2000, 4);
    Table mapped = store.share("everything", heap).table();
    assertSameCells(
        heap.where(heap.stringColumn("string").isEqualTo("word3")),
        mapped.where(mapped.stringColumn("string").isEqualTo("word3")));
    assertSameCells(heap.sortOn("int"), mapped.sortOn("int"));
    assertSameCells(heap.sortOn("text", "date"), mapped.sortOn("text", "date"));
    assertEquals(
        heap.summarize("double", tech.tablesaw.aggregate.AggregateFunctions.mean)
            .by("string")
            .sortOn(0)
            .print(),
        mapped
            .summarize("double", tech.tablesaw.aggregate.AggregateFunctions.mean)
            .by("string")
            .sortOn(0)
            .print());
    assertEquals(heap.print(50), mapped.print(50));
    assertEquals(heap.structure().print(), mapped.structure().print());
    for (int i = 0; i < heap.columnCount(); i++) {
      assertEquals(heap.column(i).countMissing(), mapped.column(i).countMissing());
      assertEquals(
          heap.column(i).countUnique(), mapped.column(i).countUnique(), heap.column(i).name());
      assertSameCells(
          Table.create(heap.column(i).removeMissing()),
          Table.create(mapped.column(i).removeMissing()));
      assertSameCells(Table.create(heap.column(i).lag(3)), Table.create(mapped.column(i).lag(3)));
    }
    assertEquals(
        heap.joinOn("int").with(heap.copy()).allowDuplicateColumnNames(true).join().rowCount(),
        mapped.joinOn("int").with(heap.copy()).allowDuplicateColumnNames(true).join().rowCount());
  }

  @Test
  void dictionaryCodesWidenWithTheNumberOfDistinctStrings() {
    for (int distinct : new int[] {128, 129, 32_768, 32_769}) {
      var column = StringColumn.create("s");
      for (int i = 0; i < 2 * distinct; i++) {
        column.append("v" + i % distinct);
      }
      Table heap = Table.create("t", column);
      Table mapped = store.share("t" + distinct, heap).table();
      assertSameCells(heap, mapped);
      assertEquals(distinct, mapped.stringColumn("s").countUnique());
      assertEquals(2, mapped.stringColumn("s").countOccurrences("v" + (distinct - 1)));
    }
  }

  @Test
  void stringsThatHardlyRepeatAreStoredAsText() {
    var column = StringColumn.create("s");
    for (int i = 0; i < 100_000; i++) {
      column.append("value " + i);
    }
    column.appendMissing().append("value 7");
    Table heap = Table.create("t", column);
    Table mapped = store.share("t", heap).table();
    assertSameCells(heap, mapped);
    StringColumn strings = mapped.stringColumn("s");
    assertEquals(List.of(7, 100_001), ints(strings.isEqualTo("value 7").toArray()));
    assertEquals(100_001, strings.countUnique());
    assertEquals(1, strings.countMissing());
    assertTrue(strings.isMissing(100_000));
    store.share("again", mapped);
    assertSameCells(heap, store.attach("again").table());
  }

  @Test
  void aNameCanBeTakenOnlyOnce() {
    Table table = Table.create("t", IntColumn.create("a", 1, 2));
    store.share("t", table);
    var taken = assertThrows(TableExistsException.class, () -> store.share("t", table));
    assertTrue(taken.getMessage().contains("'t'"), taken.getMessage());
    assertEquals(2, store.attach("t").rowCount());
  }

  @Test
  void aNameThatCouldLeaveTheFolderIsRefused() {
    Table table = Table.create("t", IntColumn.create("a", 1));
    for (String name : List.of("", "..", "../x", "a/b", ".hidden", "-rf", "a b", "x".repeat(101))) {
      var refused = assertThrows(StoreException.class, () -> store.share(name, table), name);
      assertTrue(refused.getMessage().contains("no valid name"), refused.getMessage());
    }
  }

  @Test
  void aMissingTableIsNamedWithThoseThatAreThere() {
    store.share("flights", Table.create("t", IntColumn.create("a", 1)));
    var missing = assertThrows(NoSuchTableException.class, () -> store.attach("fligths"));
    assertTrue(missing.getMessage().contains("'fligths'"), missing.getMessage());
    assertTrue(missing.getMessage().contains("[flights]"), missing.getMessage());
  }

  @Test
  void anAttachedTableOutlivesItsDrop() {
    SharedTable table = store.share("t", Table.create("t", IntColumn.create("a", 1, 2, 3)));
    assertTrue(store.drop("t"));
    assertThrows(NoSuchTableException.class, () -> store.attach("t"));
    assertEquals(3, table.table().intColumn("a").getInt(2));
    store.share("t", Table.create("t", IntColumn.create("a", 9)));
    assertEquals(3, table.rowCount());
  }

  @Test
  void severalThreadsShareAtOnce() {
    Table table = Tables.everyType(100, 6);
    List<CompletableFuture<Integer>> sharing =
        IntStream.range(0, 4)
            .mapToObj(n ->
                CompletableFuture.supplyAsync(() -> {
                  int won = 0;
                  for (int i = 0; i < 20; i++) {
                    store.share("own-" + n + "-" + i, table);
                    try {
                      store.share("contested-" + i, table);
                      won++;
                    } catch (TableExistsException e) {
                      // another thread was first
                    }
                  }
                  return won;
                }))
            .toList();
    assertEquals(20, sharing.stream().mapToInt(CompletableFuture::join).sum());
    assertEquals(100, store.tables().size());
  }

  @Test
  void aClosedStoreSaysSoAndCanBeClosedAgain() throws Exception {
    SharedTable table = store.share("t", Table.create("t", IntColumn.create("a", 1, 2)));
    store.close();
    store.close();
    var refused = assertThrows(IllegalStateException.class, () -> store.share("u", table.table()));
    assertTrue(refused.getMessage().contains("closed"), refused.getMessage());
    assertThrows(IllegalStateException.class, () -> store.workers(1));
    assertEquals(List.of(), store.tables());
    assertEquals(1, table.table().intColumn("a").getInt(0));
    assertFalse(table.drop());
    try (var left = Files.list(folder.resolve("store"))) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void closingTheStoreRemovesItsTables() throws Exception {
    store.share("t", Table.create("t", IntColumn.create("a", 1)));
    store.close();
    try (var left = Files.list(folder.resolve("store"))) {
      assertEquals(List.of(), left.toList());
    }
    store = Store.open(folder.resolve("store"));
  }

  @Test
  void csvLooksAsTablesawWritesIt() throws Exception {
    Table heap = Tables.everyType(20_000, 5).rejectColumns("instant");
    heap.stringColumn("string").set(3, "a,\"b\"\nc");
    Path ours = folder.resolve("ours.csv");
    store.share("t", heap).writeCsv(ours, ',');
    Path theirs = folder.resolve("theirs.csv");
    heap.write().csv(theirs.toFile());
    assertEquals(Files.readString(theirs), Files.readString(ours));
  }

  private static List<Integer> ints(int[] values) {
    return java.util.Arrays.stream(values).boxed().toList();
  }

  static void assertSameCells(Table expected, Table actual) {
    assertEquals(expected.columnNames(), actual.columnNames());
    assertEquals(expected.rowCount(), actual.rowCount());
    for (int i = 0; i < expected.columnCount(); i++) {
      Column<?> wanted = expected.column(i);
      Column<?> found = actual.column(i);
      assertEquals(wanted.type(), found.type(), wanted.name());
      for (int row = 0; row < wanted.size(); row++) {
        assertEquals(wanted.get(row), found.get(row), wanted.name());
        assertEquals(wanted.isMissing(row), found.isMissing(row), wanted.name());
      }
    }
  }

  /** As a finally block does whose call was interrupted. */
  @Test
  void aThreadThatIsInterruptedDropsItsTableAndStaysInterrupted() {
    SharedTable table = store.share("t", Table.create("t", IntColumn.create("n", 1)));
    Thread.currentThread().interrupt();
    table.drop();
    assertTrue(Thread.interrupted());
    assertEquals(List.of(), store.tables());
  }

  /** As a kernel does until a cell ends. */
  @Test
  void interruptsAtAnyMomentKeepNoTableFromBeingDropped() {
    List<SharedTable> tables =
        IntStream.range(0, 20)
            .mapToObj(i -> store.share("t" + i, Table.create("t", IntColumn.create("n", i))))
            .toList();
    Thread dropping = Thread.currentThread();
    var isOver = new AtomicBoolean();
    var interrupting =
        CompletableFuture.runAsync(() -> {
          while (!isOver.get()) {
            dropping.interrupt();
          }
        });
    try {
      tables.forEach(SharedTable::drop);
    } finally {
      isOver.set(true);
      interrupting.join();
      Thread.interrupted();
    }
    assertEquals(List.of(), store.tables());
  }
}
