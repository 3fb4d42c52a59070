package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.store.Conversion;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Our files read by polars and arrow-js, and theirs by us, value by value. */
@Tag("slow")
class OtherHandsTest {
  private static final List<String> WORDS = List.of("a", "word of more than twelve bytes", "ä€😀");
  private static final long MOMENT = 1_700_000_000_000L;

  @TempDir Path folder;
  private Store store;

  @BeforeEach
  void open() throws Exception {
    NodeProject.install();
    store = Store.open(folder.resolve("store"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void polarsAndArrowJsReadEveryValueOfEveryColumnType() throws Exception {
    Table heap = Tables.everyType(1000, 21);
    heap.addColumns(distinctStrings(1000));
    assertReadAlike(heap);
  }

  @Test
  void polarsAndArrowJsReadATableWithoutMissingValues() throws Exception {
    assertReadAlike(Tables.everyType(500, 22).dropRowsWithMissingValues());
  }

  /** So many that they have no dictionary. */
  private static StringColumn distinctStrings(int rows) {
    var column = StringColumn.create("distinct");
    for (int row = 0; row < rows; row++) {
      column.append(row % 7 == 3 ? "" : "ä€😀 number " + row * 7919L);
    }
    return column;
  }

  private void assertReadAlike(Table heap) throws Exception {
    // polars reads a file by this name as what it is
    Path file =
        Files.copy(
            store.share("ours", heap).location(),
            folder.resolve("ours.ipc"),
            StandardCopyOption.REPLACE_EXISTING);
    Map<String, String> found = new HashMap<>();
    for (String line : NodeProject.node("read.mjs", file)) {
      String[] parts = line.split("\t");
      found.put(parts[0] + " " + decode(parts[1]) + " " + parts[2], parts[3]);
    }
    for (String reader : List.of("arrow-js", "polars")) {
      for (Column<?> column : heap.columns()) {
        for (int row = 0; row < heap.rowCount(); row++) {
          String cell = reader + " " + column.name() + " " + row;
          assertSame(column, row, found.get(cell), cell);
        }
      }
    }
  }

  private static void assertSame(Column<?> column, int row, String found, String cell) {
    if (column.isMissing(row)) {
      assertEquals("\\N", found, cell);
      return;
    }
    switch (column.get(row)) {
      case Float value -> assertEquals((double) value, Double.parseDouble(found), cell);
      case Double value -> assertEquals(value, Double.parseDouble(found), cell);
      case String value -> assertEquals(value, decode(found), cell);
      case LocalDate value -> assertEquals(value.toEpochDay(), Long.parseLong(found), cell);
      case LocalTime value ->
          assertEquals(value.toNanoOfDay() / 1_000_000, Long.parseLong(found), cell);
      case LocalDateTime value ->
          assertEquals(value.toInstant(ZoneOffset.UTC).toEpochMilli(), Long.parseLong(found), cell);
      case Instant value -> assertEquals(value.toEpochMilli(), Long.parseLong(found), cell);
      case Object value -> assertEquals(value.toString(), found, cell);
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arrow-js",
        "arrow-js-batches",
        "polars-uncompressed",
        "polars-lz4",
        "polars-zstd"
      })
  void filesOfPolarsAndArrowJsAreReadValueByValue(String name) throws Exception {
    Path written = writtenByNode();
    SharedTable shared = store.mapArrow(written.resolve(name + ".arrow"));
    List<String> converted = shared.conversions().stream().map(Conversion::column).toList();
    if (name.contains("lz4") || name.contains("zstd")) {
      assertEquals(shared.columnNames(), converted);
    } else {
      assertEquals(List.of("int8", "uint8", "uint32", "micros"), converted);
    }
    Table table = shared.table();
    assertEquals(100, table.rowCount());
    assertRows(table, "int8", i -> (short) (i % 100 - 50));
    assertRows(table, "int16", i -> (short) (i - 50));
    assertRows(table, "int32", i -> i * 1000);
    assertRows(table, "int64", i -> i * 10_000_000_000L);
    assertRows(table, "uint8", i -> (short) i);
    assertRows(table, "uint32", i -> i + 3_000_000_000L);
    assertRows(table, "float32", i -> i / 2f);
    assertRows(table, "float64", i -> i / 4.0);
    assertRows(table, "bool", i -> i % 2 == 0);
    assertRows(table, "date", LocalDate::ofEpochDay);
    assertRows(
        table,
        "timestamp",
        i -> LocalDateTime.ofInstant(Instant.ofEpochMilli(MOMENT + i), ZoneOffset.UTC));
    assertRows(table, "micros", i -> Instant.ofEpochMilli(MOMENT + i));
    assertRows(table, "text", i -> WORDS.get(i % 3) + i);
    assertRows(table, "words", i -> WORDS.get(i % 3));
  }

  private Path writtenByNode() throws IOException, InterruptedException {
    Path written = Files.createDirectory(folder.resolve("written"));
    NodeProject.node("write.mjs", written);
    return written;
  }

  private static void assertRows(Table table, String name, IntFunction<Object> value) {
    Column<?> column = table.column(name);
    for (int row = 0; row < 100; row++) {
      if (row % 3 == 2) {
        assertTrue(column.isMissing(row), name + " " + row);
      } else {
        assertEquals(value.apply(row), column.get(row), name + " " + row);
      }
    }
  }
}
