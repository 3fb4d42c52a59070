package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.store.ColumnKind;
import dev.trestle.store.Conversion;
import dev.trestle.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.RunEndEncodedVector;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Run-end-encoded columns, most of files that pyarrow wrote; see make.py beside them. */
class RunEndsTest {
  @TempDir Path folder;
  private Store store;

  @BeforeEach
  void open() {
    store = Store.open(folder.resolve("store"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Path file(String name) throws IOException {
    try (var in = RunEndsTest.class.getResourceAsStream("/arrow/" + name)) {
      return Files.write(folder.resolve(name), in.readAllBytes());
    }
  }

  /** Runs of two, one that is missing, and three; part of them again; and once more. */
  private static void assertRuns(Table table, String name, Object first, Object last, Object then) {
    var rows = new ArrayList<Object>(Arrays.asList(first, first, null, last, last, last));
    if (table.rowCount() > 6) {
      rows.addAll(Arrays.asList(first, null, last, then, then, null, last, last, last));
    }
    Column<?> column = table.column(name);
    assertEquals(rows.size(), column.size());
    for (int row = 0; row < rows.size(); row++) {
      boolean missing = rows.get(row) == null;
      assertEquals(missing, column.isMissing(row), name + " " + row);
      if (!missing) {
        assertEquals(rows.get(row), column.get(row), name + " " + row);
      }
    }
    assertEquals(rows.stream().filter(row -> row == null).count(), column.countMissing(), name);
  }

  private static void assertAll(Table table) {
    Instant moment = Instant.parse("2024-02-29T12:34:56.789Z");
    assertRuns(table, "utf8", "a1", "b", "a2");
    assertRuns(table, "large", "a", "ä€😀 and so on", "a");
    assertRuns(table, "view", "a", "longer than twelve bytes", "a");
    assertRuns(table, "uint8", (short) 255, (short) 0, (short) 255);
    assertRuns(table, "long", 1L << 62, -1L, 1L << 62);
    assertRuns(table, "double", 0.5, -1.25, 0.5);
    assertRuns(table, "boolean", true, false, true);
    assertRuns(
        table,
        "date",
        LocalDate.of(2024, 2, 29),
        LocalDate.of(1931, 7, 8),
        LocalDate.of(2024, 2, 29));
    assertRuns(table, "moment", moment, moment, moment);
    assertRuns(table, "decimal", -1.25, 2.5, -1.25);
    assertRuns(table, "nothing", null, null, null);
    assertRuns(table, "coded", "x", "y", "x");
    assertRuns(table, "coded-longs", 7L, 8L, 7L);
  }

  @Test
  void eachRowGetsTheValueOfItsRunWhateverTypeTheValuesAndTheRunEndsHave() throws IOException {
    Table table = store.mapArrow(file("runs.arrow")).table();
    assertAll(table);
    short[] shorts = {-1, -1, Short.MIN_VALUE, 1, 1, 1, -1, Short.MIN_VALUE, 1};
    for (int row = 0; row < shorts.length; row++) {
      assertEquals(shorts[row], table.shortColumn("short").getShort(row), "short " + row);
    }
  }

  @Test
  void compressedRunsAreInflatedAndExpanded() throws IOException {
    SharedTable shared = store.mapArrow(file("runs-zstd.arrow"));
    assertAll(shared.table());
    String why = shared.conversions().getFirst().why();
    assertTrue(why.contains("no runs") && why.contains("compressed (ZSTD)"), why);
  }

  @Test
  void theReportNamesTheTypeAndStringsInRunsGetADictionary() throws IOException {
    SharedTable shared = store.mapArrow(file("runs.arrow"));
    List<Conversion> conversions = shared.conversions();
    assertEquals(
        shared.table().columnNames(), conversions.stream().map(Conversion::column).toList());
    Conversion utf8 = conversions.getFirst();
    assertEquals("run_end_encoded<run_ends: int16, values: utf8>", utf8.from());
    assertEquals(ColumnKind.STRING, utf8.to());
    assertEquals(4, shared.table().stringColumn("utf8").countUnique()); // "" for missing among them
    Conversion uint8 = conversions.get(shared.table().columnIndex("uint8"));
    assertEquals(
        "Tablesaw has no runs; each row has its value; Tablesaw's narrowest integers have 16"
            + " bits",
        uint8.why());
    assertEquals(15 * Short.BYTES + 2, uint8.bytes());
  }

  @Test
  @Tag("slow")
  void moreRunsOfStringsThanFitADictionaryBecomeTextWithoutOne() throws IOException {
    int runs = (1 << 20) + 1;
    Path file = folder.resolve("java.arrow");
    var ints = FieldType.notNullable(new ArrowType.Int(32, true));
    var fields =
        List.of(
            new Field("run_ends", ints, List.of()),
            new Field("values", FieldType.nullable(new ArrowType.Utf8()), List.of()));
    var type = FieldType.notNullable(new ArrowType.RunEndEncoded());
    try (BufferAllocator allocator = new RootAllocator();
        var vector = (RunEndEncodedVector) new Field("text", type, fields).createVector(allocator);
        var root = VectorSchemaRoot.of(vector);
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var writer = new ArrowFileWriter(root, null, channel)) {
      var ends = (IntVector) vector.getRunEndsVector();
      var values = (VarCharVector) vector.getValuesVector();
      for (int run = 0; run < runs; run++) {
        ends.setSafe(run, 2 * (run + 1));
        if (run % 3 != 1) {
          values.setSafe(run, ("text " + run).getBytes(StandardCharsets.UTF_8));
        }
      }
      ends.setValueCount(runs);
      values.setValueCount(runs);
      vector.setValueCount(2 * runs);
      root.setRowCount(2 * runs);
      writer.start();
      writer.writeBatch();
      writer.end();
    }
    SharedTable shared = store.mapArrow(file);
    assertEquals(ColumnKind.TEXT, shared.conversions().getFirst().to());
    Table table = shared.table();
    assertEquals(2 * runs, table.rowCount());
    for (int row : new int[] {0, 1, 2, 3, 4, 5, 2 * runs - 4, 2 * runs - 3, 2 * runs - 1}) {
      assertEquals(
          row / 2 % 3 == 1 ? "" : "text " + row / 2, table.stringColumn("text").get(row), "" + row);
    }
    assertEquals(2 * ((runs + 1) / 3), table.stringColumn("text").countMissing());
  }

  @Test
  void runsThatEndBeforeTheRowsDoAreDamage() throws IOException {
    Path file = file("runs.arrow");
    byte[] bytes = Files.readAllBytes(file);
    int replaced = 0;
    for (int at = 0; at + 12 <= bytes.length; at += 4) { // the run ends 2, 3, 6 as int32
      if (bytes[at] == 2 && bytes[at + 4] == 3 && bytes[at + 8] == 6 && zero(bytes, at)) {
        bytes[at + 8] = 5;
        replaced++;
      }
    }
    assertTrue(replaced > 0);
    Files.write(file, bytes);
    var damaged = assertThrows(StoreException.class, () -> store.mapArrow(file));
    assertTrue(
        damaged.getMessage().contains("its runs have 5 rows, and there are 6"),
        damaged.getMessage());
    assertEquals(0, Unfinished.in(folder.resolve("store")).size());
  }

  private static boolean zero(byte[] bytes, int at) {
    return bytes[at + 1] == 0 && bytes[at + 5] == 0 && bytes[at + 9] == 0;
  }
}
