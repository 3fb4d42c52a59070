package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.MemoryReport.DamagedLine;
import dev.trestle.MemoryReport.TableLine;
import dev.trestle.store.DamagedTableException;
import dev.trestle.store.StoreException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What somebody has damaged between two sessions is seen, told of, and can be removed. */
class DamagedTablesTest {
  @TempDir Path temporary;

  private Path kept(String name) {
    try (Store earlier = open()) {
      Path file = earlier.share(name, StoreCommands.numbers(1000)).location();
      earlier.keep(name);
      return file;
    }
  }

  private Store open() {
    return Store.open(temporary.resolve("store"));
  }

  private static void cut(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() / 2);
    }
  }

  @Test
  void aKeptTableThatWasCutIsListedWithWhatAttachingItSays() throws IOException {
    Path file = kept("cut");
    cut(file);
    try (Store store = open()) {
      store.share("whole", StoreCommands.numbers(3));
      List<StoredTable> tables = store.tables();
      assertEquals(List.of("cut", "whole"), tables.stream().map(StoredTable::name).toList());
      StoredTable cut = tables.getFirst();
      var attaching = assertThrows(StoreException.class, () -> store.attach("cut"));
      assertEquals(attaching.getMessage(), cut.damage());
      assertTrue(attaching.getMessage().contains("Drop the table"), attaching.getMessage());
      assertEquals(Files.size(file), cut.bytes());
      assertEquals(file, cut.location());
      assertTrue(cut.kept());
      assertEquals(0, cut.rows());
      assertTrue(cut.toString().startsWith("cut: damaged ("), cut.toString());
      assertNull(tables.getLast().damage());
      store.drop("cut");
    }
  }

  @Test
  void theMemoryReportTellsWhatIsDamagedAndWhatItTakes() throws IOException {
    Path table = kept("cut");
    cut(table);
    try (Store store = open()) {
      Path array = store.array("a", short.class, 1000).location();
      cut(array);
      store.share("whole", StoreCommands.numbers(3));
      MemoryReport report = store.memory();
      assertEquals(
          List.of(
              new DamagedLine("cut", Files.size(table), "" + store.tables().getFirst().damage()),
              new DamagedLine("a", Files.size(array), "" + store.arrays().getFirst().damage())),
          report.damaged());
      assertEquals(List.of("whole"), report.tables().stream().map(TableLine::name).toList());
      assertEquals(List.of(), report.arrays());
      assertTrue(report.toString().contains("damaged: cut, "), report.toString());
      store.drop("cut");
    }
  }

  @Test
  void itIsDropped() throws IOException {
    cut(kept("cut"));
    try (Store store = open()) {
      assertTrue(store.drop("cut"));
      assertEquals(List.of(), store.tables());
      assertFalse(store.drop("cut"));
    }
  }

  @Test
  void itIsReplacedByAWholeOneThatIsKeptAsItWas() throws IOException {
    cut(kept("cut"));
    try (Store store = open()) {
      store.replace("cut", StoreCommands.numbers(4));
      StoredTable replaced = store.tables().getFirst();
      assertNull(replaced.damage());
      assertEquals(4, replaced.rows());
      assertTrue(replaced.kept());
      store.drop("cut");
    }
  }

  @Test
  void itsNameIsNotGivenToAResult() throws IOException {
    cut(kept("result"));
    try (Store store = open()) {
      assertEquals("result.2", new FreeNames(store).free("result"));
      store.drop("result");
    }
  }

  @Test
  void anEmptyFileAndOneOfZerosAreToldOfAsDamaged() throws IOException {
    Files.write(kept("empty"), new byte[0]);
    Files.write(kept("zeros"), new byte[5000]);
    try (Store store = open()) {
      for (StoredTable table : store.tables()) {
        assertTrue(String.valueOf(table.damage()).contains(" is damaged: "), table.toString());
      }
      assertEquals(2, store.tables().size());
      store.drop("empty");
      store.drop("zeros");
    }
  }

  @Test
  void aTableWhoseEarlierRowsAreGoneIsListed() throws IOException {
    try (Store store = open()) {
      store.share("t", StoreCommands.numbers(3)).append(StoreCommands.numbers(2));
      try (var parts = Files.newDirectoryStream(temporary.resolve("store"), ".t.*.part")) {
        Files.delete(parts.iterator().next());
      }
      String damage = String.valueOf(store.tables().getFirst().damage());
      assertTrue(damage.endsWith(".part, which has earlier rows, is gone"), damage);
    }
  }

  @Test
  void aStringThatLiesOutsideOfItsTextIsAnErrorThatNamesTheFileWhenItIsRead() throws IOException {
    try (Store store = open()) {
      List<String> words = IntStream.range(1000, 2000).mapToObj(i -> "word " + i).toList();
      SharedTable table = store.share("t", Table.create(StringColumn.create("s", words)));
      Table attached = table.table();
      overwriteSecondOffset(table.location(), words.getFirst().length());
      for (Executable read :
          List.<Executable>of(
              () -> attached.stringColumn("s").asList(),
              () -> attached.stringColumn("s").unique(),
              () -> attached.sortOn("s"),
              () -> table.writeCsv(temporary.resolve("t.csv"), ','),
              () -> store.share("again", attached),
              () -> store.append("t", attached))) {
        var damaged = assertThrows(DamagedTableException.class, read);
        assertTrue(
            ("" + damaged.getMessage())
                .startsWith("table file %s is damaged: string ".formatted(table.location())),
            damaged.getMessage());
      }
      assertEquals(1, store.tables().size());
    }
  }

  /** Where the second string begins, if all are as long: far behind the last one, then. */
  private static void overwriteSecondOffset(Path file, long length) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      var bytes = channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size());
      bytes.order(ByteOrder.LITTLE_ENDIAN);
      int at = 0;
      while (bytes.getLong(at) != 0
          || bytes.getLong(at + 8) != length
          || bytes.getLong(at + 16) != 2 * length) {
        at += 8;
      }
      bytes.putLong(at + 8, 1L << 40);
    }
  }

  @Test
  void aDamagedArrayIsListedWithWhatAttachingItSays() throws IOException {
    try (Store store = open()) {
      Path file = store.array("a", short.class, 1000).location();
      cut(file);
      StoredArray cut = store.arrays().getFirst();
      var attaching = assertThrows(StoreException.class, () -> store.attachArrayReadOnly("a"));
      assertEquals(attaching.getMessage(), cut.damage());
      assertNull(cut.type());
      assertTrue(store.drop("a"));
      assertEquals(List.of(), store.arrays());
    }
  }
}
