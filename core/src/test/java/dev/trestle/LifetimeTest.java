package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.store.ColumnMismatchException;
import dev.trestle.store.StoreException;
import dev.trestle.store.TableExistsException;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** How long tables live, and in which version, at the front door. */
@Timeout(120)
class LifetimeTest {
  private static final long SELF = ProcessHandle.current().pid();
  @TempDir Path temporary;
  private Path folder;
  private Store store;

  @BeforeEach
  void open() {
    folder = temporary.resolve("store");
    store = Store.open(folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aKeptTableIsThereInTheNextSession() throws IOException {
    SharedTable table = store.share("kept", numbers(3));
    assertFalse(table.isKept());
    assertEquals(SELF, store.tables().getFirst().ownerPid());
    assertSame(table, table.keep());
    assertTrue(table.isKept());
    store.share("gone", numbers(3));
    store.close();
    assertEquals(List.of("kept.arrow"), files());
    open();
    assertEquals(3, store.attach("kept").table().rowCount());
    StoredTable listed = store.tables().getFirst();
    assertTrue(listed.kept());
    assertEquals(0, listed.ownerPid());
    assertTrue(store.drop("kept"));
  }

  @Test
  void aReplacedOrAppendedTableStaysKept() {
    store.share("replaced", numbers(3)).keep();
    store.share("appended", numbers(3)).keep();
    assertTrue(store.replace("replaced", numbers(4)).isKept());
    store.append("appended", numbers(4));
    store.close();
    open();
    assertEquals(4, store.attach("replaced").rowCount());
    assertEquals(List.of(0, 1, 2, 0, 1, 2, 3), ints(store.attach("appended").table()));
    store.drop("replaced");
    store.drop("appended");
  }

  @Test
  void rowsAppendedToAnotherSessionsTableGoWithIt() throws IOException {
    SharedTable longer;
    try (Store owner = Store.open(folder)) {
      owner.share("t", numbers(3));
      longer = store.append("t", numbers(2));
    }
    assertEquals(List.of(), store.tables());
    assertEquals(List.of(0, 1, 2, 0, 1), ints(longer.table()), "attached, it stays readable");
  }

  @Test
  void aTableThatReplacesAnotherSessionsStaysWhenThatEnds() {
    try (Store owner = Store.open(folder)) {
      owner.share("t", numbers(3));
      store.replace("t", numbers(2));
    }
    assertEquals(2, store.attach("t").rowCount());
  }

  @Test
  void theRefusalOfATakenNameNamesReplace() {
    store.share("t", numbers(3));
    var taken = assertThrows(TableExistsException.class, () -> store.share("t", numbers(4)));
    assertTrue(taken.getMessage().contains("replace"), taken.getMessage());
    assertEquals(2, store.replace("t", numbers(4)).version());
    assertEquals(1, store.replace("new", numbers(4)).version());
  }

  @Test
  void appendedRowsAreReadAsOneTable() {
    var few = Table.create(StringColumn.create("s", "a", "b", "a"));
    var unlike = StringColumn.create("s");
    for (int i = 0; i < 70_000; i++) {
      unlike.append("text " + i);
    }
    SharedTable table = store.share("t", few).append(Table.create(unlike)).append(few);
    assertEquals(70_006, table.table().rowCount());
    assertEquals("text 69999", table.table().stringColumn("s").get(70_002));
    assertEquals("b", table.table().stringColumn("s").get(70_004));
    assertEquals(3, table.files().size());
    assertEquals(table.location(), table.files().getLast());
    assertEquals(70_006, store.tables().getFirst().rows());
    assertThrows(ColumnMismatchException.class, () -> table.append(numbers(1)));
  }

  @Test
  void aWorkerReadsTheVersionThatItWasSentThoughItIsReplacedOrDropped() {
    SharedTable first = store.share("t", numbers(3));
    SharedTable second = first.append(numbers(2));
    store.replace("t", numbers(9));
    try (Workers workers = store.workers(1)) {
      assertEquals(List.of(3L, 5L), workers.map(List.of(first, second), SharedTable::rowCount));
      store.drop("t");
      assertEquals(
          List.of(3.0, 4.0),
          workers.map(List.of(first, second), t -> t.table().intColumn("n").sum()));
    }
    Reference.reachabilityFence(List.of(first, second));
  }

  @Test
  void onlyTheVersionThatIsAttachedIsDropped() {
    SharedTable first = store.share("t", numbers(3));
    SharedTable second = store.replace("t", numbers(4));
    assertFalse(first.drop());
    assertEquals(4, store.attach("t").rowCount());
    assertTrue(second.drop());
    assertEquals(List.of(), store.tables());
  }

  @Test
  void theCatalogueTellsWhichProcessesHaveATableMapped() throws Exception {
    SharedTable table = store.share("t", numbers(3)).append(numbers(2));
    assertEquals(List.of(SELF), store.tables().getFirst().mappedBy());
    try (var child = new ChildJvm(StoreCommands.class, folder)) {
      assertEquals("ready", child.hear());
      child.say("attach t");
      assertEquals("5", child.hear());
      assertEquals(
          List.of(SELF, child.pid()).stream().sorted().toList(),
          store.tables().getFirst().mappedBy());
      child.say("share u 3");
      assertEquals("u", child.hear());
      assertEquals(child.pid(), store.tables().getLast().ownerPid());
      child.killMinus9();
    }
    assertEquals(List.of(SELF), store.tables().getFirst().mappedBy());
    assertEquals(0, store.tables().getLast().ownerPid(), "its owner is gone");
    Reference.reachabilityFence(table);
  }

  @Test
  void aTableIsCopiedFromMemoryToDiskInOneStep() throws IOException {
    Path memory = Files.createTempDirectory(Path.of("/dev/shm"), "trestle-lifetime");
    try (Store both = Store.open(memory, folder)) {
      SharedTable inMemory = both.share("t", numbers(3)).append(numbers(2)).append(numbers(1));
      assertTrue(both.tables().getFirst().inMemory());
      inMemory.keepOnDisk();
      SharedTable onDisk = both.attach("t");
      assertEquals(folder, onDisk.location().getParent());
      assertEquals(ints(inMemory.table()), ints(onDisk.table()));
      assertEquals(4, onDisk.version());
      assertTrue(onDisk.isKept());
      assertFalse(both.tables().getFirst().inMemory());
      assertEquals(List.of(0, 1, 2, 0, 1, 0, 0, 1), ints(onDisk.append(numbers(2)).table()));
      both.keepOnDisk("t");
      both.replace("t", numbers(7));
      assertFalse(both.tables().getFirst().inMemory(), "a replacement stays on disk");
    } finally {
      try (var left = Files.list(memory)) {
        assertEquals(List.of(), left.toList());
      }
      Files.delete(memory);
    }
    assertEquals(7, store.attach("t").rowCount());
    store.drop("t");
  }

  @Test
  void withoutADiskThereIsNothingToCopyTo() throws IOException {
    Path memory = Files.createTempDirectory(Path.of("/dev/shm"), "trestle-lifetime");
    try (Store alone = Store.open(memory)) {
      SharedTable table = alone.share("t", numbers(3));
      var refused = assertThrows(StoreException.class, table::keepOnDisk);
      assertTrue(refused.getMessage().contains("no folder on disk"), refused.getMessage());
    }
    Files.delete(memory);
  }

  private static Table numbers(int rows) {
    return Table.create("numbers", IntColumn.indexColumn("n", rows, 0));
  }

  private static List<Integer> ints(Table table) {
    return table.intColumn("n").asList();
  }

  private List<String> files() throws IOException {
    try (var all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString()).toList();
    }
  }
}
