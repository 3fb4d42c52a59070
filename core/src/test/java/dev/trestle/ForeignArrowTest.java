package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.store.ColumnKind;
import dev.trestle.store.Conversion;
import dev.trestle.store.SourceChangedException;
import dev.trestle.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Files that pyarrow wrote; see make.py beside them. */
class ForeignArrowTest {
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

  private Path file(String name) {
    try (var in = ForeignArrowTest.class.getResourceAsStream("/arrow/" + name)) {
      Path file = folder.resolve(name);
      Files.write(file, in.readAllBytes());
      return file;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Table map(String name) {
    return store.mapArrow(file(name)).table();
  }

  @Test
  void whatTablesawHasIsReadInPlaceFromUnevenBatchesWithRubbishInNullSlots() {
    SharedTable shared = store.mapArrow(file("native.arrow"));
    assertEquals(List.of(), shared.conversions());
    Table table = shared.table();
    assertEquals("native", table.name());
    assertEquals(100, table.rowCount());
    List<String> words = List.of("a", "word of more than twelve bytes", "ä€😀", "");
    List<String> coded = List.of("x", "yy", "ä€😀");
    assertRows(table, "short", i -> (short) (i - 5));
    assertRows(table, "int", i -> i * 1000);
    assertRows(table, "long", i -> i * 10_000_000_000L);
    assertRows(table, "float", i -> i / 2f);
    assertRows(table, "double", i -> i / 4.0);
    assertRows(table, "boolean", i -> i % 2 == 0);
    assertRows(table, "date", i -> LocalDate.of(1, 1, 1).plusDays(730_000 + i - 1));
    assertRows(table, "time", i -> LocalTime.ofNanoOfDay(1_001_000_000L * i));
    assertRows(table, "local", i -> LocalDateTime.ofInstant(moment(i), ZoneOffset.UTC));
    assertRows(table, "zoned", ForeignArrowTest::moment);
    for (String name : List.of("utf8", "large", "view")) {
      assertRows(table, name, i -> words.get(i % 4) + i);
    }
    for (String name : List.of("coded", "coded16", "unsigned")) {
      assertRows(table, name, i -> coded.get(i % 3));
    }
  }

  private static Instant moment(int i) {
    return Instant.ofEpochMilli(1_700_000_000_000L + 1001 * i);
  }

  /** Every third value is missing. */
  private static void assertRows(Table table, String name, IntFunction<Object> value) {
    Column<?> column = table.column(name);
    for (int row = 0; row < table.rowCount(); row++) {
      if (row % 3 == 2) {
        assertTrue(column.isMissing(row), name + " " + row);
      } else {
        assertEquals(value.apply(row), column.get(row), name + " " + row);
      }
    }
    assertEquals(table.rowCount() / 3, column.countMissing(), name);
  }

  @Test
  void otherTypesAreConvertedOnceAndTheReportSaysSo() {
    SharedTable shared = store.mapArrow(file("converted.arrow"));
    Table table = shared.table();
    LocalDateTime moment = LocalDateTime.parse("2024-02-29T12:34:56.789");
    LocalDateTime early = LocalDateTime.parse("1931-07-08T01:02:03");
    assertColumn(table, "int8", (short) -128, null, (short) 127);
    assertColumn(table, "uint8", (short) 0, null, (short) 255);
    assertColumn(table, "uint16", 0, null, 65535);
    assertColumn(table, "uint32", 0L, null, (1L << 32) - 1);
    assertColumn(table, "uint64", 0L, null, Long.MAX_VALUE);
    assertColumn(table, "float16", 0.5f, null, -2f);
    assertColumn(table, "date64", moment.toLocalDate(), null, early.toLocalDate());
    assertColumn(table, "time32s", LocalTime.of(1, 2, 3), null, LocalTime.of(23, 59, 59));
    LocalTime cut = LocalTime.of(1, 2, 3, 4_000_000);
    assertColumn(table, "time64us", cut, null, LocalTime.MIDNIGHT);
    assertColumn(table, "time64ns", cut, null, LocalTime.MIDNIGHT);
    assertColumn(table, "seconds", moment.withNano(0), null, early);
    assertColumn(table, "micros", moment, null, early);
    assertColumn(table, "nanos", moment, null, early);
    assertColumn(
        table, "zoned", moment.toInstant(ZoneOffset.UTC), null, early.toInstant(ZoneOffset.UTC));
    assertColumn(table, "decimal32", -1.25, null, 99.99);
    assertColumn(table, "decimal64", -1.25, null, 99.99);
    assertColumn(table, "decimal128", -1.25, null, 12345678901234567890.12);
    assertColumn(table, "decimal256", -1.25, null, 1e40);
    assertColumn(table, "duration", 1_000_000L, null, -86_400_000_000L);
    assertColumn(table, "nothing", null, null, null);
    assertColumn(table, "nulls-inside", "a", null, "b");
    assertColumn(table, "twice", "a", null, "a");
    assertColumn(table, "int64-codes", "b", null, "a");

    List<Conversion> conversions = shared.conversions();
    assertEquals(table.columnNames(), conversions.stream().map(Conversion::column).toList());
    Conversion micros = conversions.get(table.columnIndex("micros"));
    assertEquals("timestamp[us]", micros.from());
    assertEquals(ColumnKind.DATE_TIME, micros.to());
    assertTrue(micros.why().contains("cut off"), micros.why());
    assertEquals(3 * 8 + 1, micros.bytes());
    assertTrue(micros.seconds() > 0);
    assertTrue(shared.toString().contains("23 columns converted"), shared.toString());
  }

  private static void assertColumn(Table table, String name, Object... values) {
    Column<?> column = table.column(name);
    for (int row = 0; row < values.length; row++) {
      if (values[row] == null) {
        assertTrue(column.isMissing(row), name);
      } else {
        assertEquals(values[row], column.get(row), name);
      }
    }
    assertEquals(Arrays.stream(values).filter(v -> v == null).count(), column.countMissing(), name);
  }

  @Test
  void aDictionaryThatCameInPiecesIsPutTogether() {
    Table table = map("deltas.arrow");
    assertColumn(table, "word", "a", "b", null, "c", "a", "d", null, "b", "c");
    assertEquals(4 + 1, table.stringColumn("word").countUnique());
  }

  @Test
  void compressedBuffersAreInflatedOnce() {
    for (String name : List.of("lz4.arrow", "zstd.arrow")) {
      SharedTable shared = store.mapArrow(file(name));
      assertEquals(6, shared.conversions().size());
      assertTrue(shared.conversions().getFirst().why().startsWith("compressed"));
      Table table = shared.table();
      assertEquals(2503, table.rowCount());
      for (int row = 0; row < table.rowCount(); row++) {
        int i = row < 3 ? row : row - 3;
        String text = "row %d of many, and no longer than that".formatted(i / 32);
        assertEquals(i / 64 / 2.0, table.doubleColumn("double").get(row));
        if (i % 5 == 4) {
          assertTrue(table.row(row).isMissing("int") && table.row(row).isMissing("flag"));
          assertTrue(table.row(row).isMissing("text") && table.row(row).isMissing("view"));
          assertTrue(table.row(row).isMissing("coded"));
        } else {
          assertEquals(i / 16, table.intColumn("int").get(row));
          assertEquals(i % 3 == 0, table.booleanColumn("flag").get(row));
          assertEquals(text, table.stringColumn("text").get(row));
          assertEquals(text, table.stringColumn("view").get(row));
          assertEquals("word " + i % 7, table.stringColumn("coded").get(row));
        }
      }
    }
  }

  @Test
  void aFileWithoutBatchesIsATableWithoutRows() {
    Table table = map("no-batches.arrow");
    assertEquals(0, table.rowCount());
    assertEquals(16, table.columnCount());
    table.columns().forEach(column -> assertEquals(0, column.size()));
  }

  @Test
  void typesThatNoColumnHoldsAreRefusedByNameAndType() {
    String message = refusal("nested.arrow");
    for (String part :
        List.of(
            "'list' of type list",
            "'struct' of type struct",
            "'map' of type map",
            "'union' of type union",
            "'dense' of type union",
            "'run-lists' of type run_end_encoded<run_ends: int32, values: list>",
            "'interval' of type interval",
            "'binary' of type binary",
            "'binary-view' of type binaryview",
            "'fixed' of type fixedsizebinary",
            "'list-view' of type listview",
            "'fixed-list' of type fixedsizelist",
            "'nested-codes' of type list",
            "name the others to read those: [plain, run-end, coded-ints, last]")) {
      assertTrue(message.contains(part), message);
    }
  }

  @Test
  void theOtherColumnsOfSuchAFileAreReadWhenTheyAreNamed() {
    Table table = store.mapArrow(file("nested.arrow"), "last", "plain").table();
    assertEquals(List.of("last", "plain"), table.columnNames());
    assertColumn(table, "last", "behind", "all of it");
    assertColumn(table, "plain", 1, 2);
  }

  @Test
  void aDictionaryOfNumbersIsConverted() {
    SharedTable shared = store.mapArrow(file("nested.arrow"), "coded-ints");
    assertColumn(shared.table(), "coded-ints", 7L, 7L);
    var conversion = shared.conversions().getFirst();
    assertEquals("dictionary<int32, int64>", conversion.from());
    assertTrue(conversion.why().contains("strings only"), conversion.why());
  }

  @Test
  void aColumnThatIsNotThereIsNamedWithThoseThatAre() {
    Path file = file("nested.arrow");
    var missing = assertThrows(StoreException.class, () -> store.mapArrow(file, "plane"));
    assertTrue(missing.getMessage().contains("no column 'plane'; it has [plain"));
  }

  @Test
  void anUnsignedLongThatIsTooLargeIsAnErrorThatSaysWhichOne() {
    String message = refusal("uint64.arrow");
    assertTrue(message.contains("'big'") && message.contains("18446744073709551615"), message);
    assertEquals(0, leftInStore());
  }

  @Test
  void otherFormatsAreRecognised() throws IOException {
    assertTrue(refusal("stream.arrows").contains("IPC stream format"));
    assertTrue(refusalOf("FEA1 and so on").contains("Feather file of version 1"));
    assertTrue(refusalOf("PAR1 and so on").contains("Parquet"));
    assertTrue(refusalOf("a,b,c\n1,2,3\n").contains("does not begin with ARROW1"));
    assertTrue(refusalOf("").contains("does not begin with ARROW1"));
    assertTrue(refusalOf("ARROW1\0\0").contains("cut short"));
  }

  @Test
  void aFileThatIsNotThereAndAFolderSaySo() {
    Path missing = folder.resolve("missing.arrow");
    assertEquals(
        "there is no file " + missing,
        assertThrows(StoreException.class, () -> store.mapArrow(missing)).getMessage());
    assertEquals(
        folder + " is a folder, not a file",
        assertThrows(StoreException.class, () -> store.shareArrow("t", folder)).getMessage());
  }

  private String refusal(String name) {
    Path file = file(name);
    return assertThrows(StoreException.class, () -> store.mapArrow(file)).getMessage();
  }

  private String refusalOf(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("other"), content);
    return assertThrows(StoreException.class, () -> store.mapArrow(file)).getMessage();
  }

  @Test
  void aSharedFileIsAttachedByItsNameAndListed() {
    store.shareArrow("words", file("deltas.arrow"));
    assertEquals(List.of("words"), store.tables().stream().map(StoredTable::name).toList());
    assertEquals(1, store.tables().getFirst().columns());
    assertEquals(9, store.attach("words").table().rowCount());
    assertEquals("word", store.attach("words").conversions().getFirst().column());
  }

  @Test
  void aFileThatChangedSinceItWasSharedIsAnError() throws IOException {
    Path file = file("native.arrow");
    store.shareArrow("t", file);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    var changed = assertThrows(SourceChangedException.class, () -> store.attach("t"));
    assertTrue(changed.getMessage().contains("has changed since"), changed.getMessage());
    assertEquals(1, store.tables().size());
    Files.delete(file);
    var gone = assertThrows(SourceChangedException.class, () -> store.attach("t"));
    assertTrue(gone.getMessage().contains("is gone"), gone.getMessage());
    assertTrue(store.drop("t"));
  }

  @Test
  void whatWasConvertedForAMappedFileGoesWhenItIsDropped() {
    SharedTable mapped = store.mapArrow(file("deltas.arrow"));
    Table table = mapped.table();
    assertTrue(mapped.drop());
    assertFalse(mapped.drop());
    assertEquals(0, leftInStore());
    assertEquals("a", table.stringColumn("word").get(0));
  }

  private long leftInStore() {
    return Unfinished.in(folder.resolve("store")).size();
  }

  @Test
  void aFileOfTheStoreItselfCanBeMappedLikeAnyOther() throws IOException {
    Table heap = Tables.everyType(300, 5);
    Path copy = folder.resolve("copy.arrow");
    Files.copy(store.share("t", heap).location(), copy);
    SharedTable mapped = store.mapArrow(copy);
    assertEquals(List.of(), mapped.conversions());
    for (Column<?> column : heap.columns()) {
      Column<?> found = mapped.table().column(column.name());
      for (int row = 0; row < heap.rowCount(); row++) {
        assertEquals(column.isMissing(row), found.isMissing(row), column.name());
        assertEquals(column.get(row), found.get(row), column.name());
      }
    }
  }

  @Test
  void namesThatDifferInCaseOnlyAreRefused() throws IOException {
    // Tablesaw's own rule; the file is one of the store's with a column renamed in place.
    Path file = store.share("t", Tables.everyType(3, 1)).location();
    byte[] bytes = Files.readAllBytes(file);
    replace(bytes, "float", "SHORT");
    Path twice = Files.write(folder.resolve("twice.arrow"), bytes);
    var refused = assertThrows(StoreException.class, () -> store.mapArrow(twice));
    assertTrue(refused.getMessage().contains("two columns named 'SHORT'"), refused.getMessage());
  }

  private static void replace(byte[] bytes, String from, String to) {
    String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    List<Integer> places =
        IntStream.range(0, bytes.length)
            .filter(at -> text.startsWith(from, at))
            .boxed()
            .collect(Collectors.toList());
    places.forEach(at -> System.arraycopy(to.getBytes(), 0, bytes, at, to.length()));
  }
}
