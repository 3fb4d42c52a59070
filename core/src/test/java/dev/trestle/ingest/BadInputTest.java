package dev.trestle.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.io.Source;
import tech.tablesaw.io.csv.CsvReadOptions;

/** What cannot become a table says where and why, and leaves nothing behind. */
class BadInputTest {
  private static final IngestLimits SMALL_CHUNKS =
      new IngestLimits(16, 16, 3, 1 << 16, 1 << 20, Long.MAX_VALUE);

  @TempDir Path folder;

  @AfterEach
  void nothingIsLeft() throws Exception {
    Leftovers.assertNone(folder);
  }

  @Test
  void aMissingFileIsNamed() {
    Source source = new Source(folder.resolve("none.csv").toFile(), StandardCharsets.UTF_8);
    CsvFormatException e = assertThrows(CsvFormatException.class, () -> read(source, o -> {}));
    assertEquals("there is no file " + folder.resolve("none.csv"), e.getMessage());
  }

  @Test
  void aFolderIsNoFile() {
    Source source = new Source(folder.toFile(), StandardCharsets.UTF_8);
    CsvFormatException e = assertThrows(CsvFormatException.class, () -> read(source, o -> {}));
    assertEquals(folder + " is a folder, not a file", e.getMessage());
  }

  @Test
  void anEmptyFileIsRefused() throws Exception {
    assertEquals(
        "t.csv is empty: there is no header and no row to make a table of", messageFor(""));
  }

  @Test
  void aFileOfBlankLinesAndCommentsIsRefused() throws Exception {
    assertEquals(
        "t.csv has blank lines and comments only, at least where it begins",
        messageFor("\n\n# nothing\n  \n"));
  }

  @Test
  void aShortRowIsNamedByItsLine() throws Exception {
    assertEquals(
        "t.csv, line 4: 1 field where 2 are expected; skipRowsWithInvalidColumnCount(true) passes"
            + " over such rows",
        messageFor("a,b\n1,2\n3,4\n5\n6,7\n"));
  }

  @Test
  void aLongRowIsNamedByItsLine() throws Exception {
    assertEquals(
        "t.csv, line 3: 3 fields where 2 are expected; skipRowsWithInvalidColumnCount(true) passes"
            + " over such rows",
        messageFor("a,b\n1,2\n3,4,5\n6,7\n"));
  }

  @Test
  void linesAreCountedThroughQuotesCommentsAndBlankLines() throws Exception {
    String before = "a,b\n1,\"x\ny\n\nz\"\n# comment\n\n2,\"\n\"\n";
    String message = messageFor(before + "3\n");
    assertTrue(message.startsWith("t.csv, line 10: 1 field"), message);
  }

  @Test
  void linesAreCountedWithCarriageReturns() throws Exception {
    String message = messageFor("a,b\r\n1,\"x\r\ny\"\r\n2,z\r\n3\r\n");
    assertTrue(message.startsWith("t.csv, line 5: 1 field"), message);
  }

  @Test
  void theFirstOfManyBadRowsIsReported() throws Exception {
    StringBuilder text = new StringBuilder("a,b\n");
    for (int row = 2; row < 500; row++) {
      text.append(row % 100 == 0 ? "bad\n" : "1,2\n");
    }
    String message = messageFor(text.toString());
    assertTrue(message.startsWith("t.csv, line 100: "), message);
  }

  @Test
  void aQuoteLeftOpenIsNamedByTheLineWhereItsRecordStarts() throws Exception {
    assertEquals(
        "t.csv, line 3: a quote (\") is opened and never closed",
        messageFor("a,b\n1,2\n3,\"open\n4,5\n6,7\n"));
  }

  @Test
  void aQuoteLeftOpenInALargeFileDoesNotSwallowIt() throws Exception {
    String rows = "1,2\n".repeat(5_000_000);
    String message = messageFor("a,b\n1,2\n3,\"open\n" + rows, IngestLimits.standard());
    assertEquals(
        "t.csv, line 3: the record goes on for more than 16 MiB; is a quote left open?", message);
  }

  @Test
  void textAfterAClosingQuoteIsRefused() throws Exception {
    String message = messageFor("a,b\n1,2\n3,\"x\"y\n4,5\n");
    assertTrue(
        message.startsWith("t.csv, line 3: Unexpected character after closing quote: 'y'"),
        message);
  }

  @Test
  void aFieldThatIsTooLongNamesTheOptionForMore() throws Exception {
    assertEquals(
        "t.csv, line 3: a field is longer than 4096 characters; maxCharsPerColumn allows more",
        messageFor("a,b\n1,2\n3," + "x".repeat(4097) + "\n"));
  }

  @Test
  void aValueThatIsNotOfTheConfiguredTypeIsAnError() throws Exception {
    assertEquals(
        "t.csv, line 3: 'x' in column 'b' (field 2) is no INTEGER, which is the type configured"
            + " for it; change it in columnTypes or columnTypesPartial, or name 'x' a"
            + " missingValueIndicator",
        messageFor(
            "a,b\n1,2\n3,x\n",
            SMALL_CHUNKS,
            options -> options.columnTypesPartial(Map.of("b", ColumnType.INTEGER))));
  }

  @Test
  void aValueOfNoTypeToDetectIsAnError() throws Exception {
    assertEquals(
        "t.csv, line 7: 'x' in column 'a' (field 1) is of none of the columnTypesToDetect; add"
            + " STRING to them",
        messageFor(
            "a\n1\n2\n3333333\n4444444\n5\nx\n",
            SMALL_CHUNKS,
            options -> options.columnTypesToDetect(List.of(ColumnType.INTEGER))));
  }

  @Test
  void twoColumnsOfOneNameAreRefused() throws Exception {
    assertEquals(
        "t.csv has two columns of the name 'A', fields 1 and 3; allowDuplicateColumnNames(true)"
            + " numbers them",
        messageFor("a,b,A\n1,2,3\n"));
  }

  @Test
  void typesForTheWrongNumberOfColumnsAreRefused() throws Exception {
    assertEquals(
        "t.csv has 2 columns, and columnTypes names 1 types; columnTypesPartial types only some",
        messageFor(
            "a,b\n1,2\n",
            SMALL_CHUNKS,
            options -> options.columnTypes(new ColumnType[] {ColumnType.INTEGER})));
  }

  @Test
  void moreColumnsThanAllowedAreRefused() throws Exception {
    assertEquals(
        "t.csv has 3 columns; maxNumberOfColumns, now 2, allows more",
        messageFor("a,b,c\n1,2,3\n", SMALL_CHUNKS, options -> options.maxNumberOfColumns(2)));
  }

  private String messageFor(String text) throws Exception {
    return messageFor(text, SMALL_CHUNKS);
  }

  private String messageFor(String text, IngestLimits limits) throws Exception {
    return messageFor(text, limits, options -> {});
  }

  private String messageFor(
      String text, IngestLimits limits, Consumer<CsvReadOptions.Builder> customizer)
      throws Exception {
    Path file = Files.writeString(folder.resolve("t.csv"), text);
    try {
      Source source = new Source(file.toFile(), StandardCharsets.UTF_8);
      return assertThrows(CsvFormatException.class, () -> read(source, customizer, limits))
          .getMessage();
    } finally {
      Files.delete(file);
    }
  }

  private void read(Source source, Consumer<CsvReadOptions.Builder> customizer) throws Exception {
    read(source, customizer, SMALL_CHUNKS);
  }

  private void read(Source source, Consumer<CsvReadOptions.Builder> customizer, IngestLimits limits)
      throws Exception {
    CsvReadOptions.Builder builder = CsvReadOptions.builder(source);
    customizer.accept(builder);
    new CsvIngest(builder.build(), folder, IngestProgress.NONE, limits).read().close();
  }
}
