package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.ShortColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Tables as delimited text, read back by a reader that knows nothing of them. */
class WriteCsvTest {
  private static final int ROWS = 20_000; // several blocks

  private static final List<String> AWKWARD =
      List.of(
          "plain",
          "",
          "#not a comment",
          "a,b",
          "say \"so\"",
          "two\nlines",
          "cr\r",
          "größer 漢字 🧬",
          " ");

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

  @Test
  void stringsOfADictionaryAreQuotedWhereTheyHaveTo() throws IOException {
    assertReadBack(store.share("awkward", awkward(AWKWARD, ROWS)), ',');
  }

  @Test
  void stringsWithoutADictionaryAreQuotedWhereTheyHaveTo() throws IOException {
    List<String> different =
        IntStream.range(0, 70_000).mapToObj(i -> AWKWARD.get(i % AWKWARD.size()) + i).toList();
    assertReadBack(store.share("different", awkward(different, different.size())), ',');
  }

  @Test
  void stringsOfADictionaryTooLargeForTheHeapAreWrittenToo() throws IOException {
    List<String> long20MiB =
        IntStream.range(0, 40_000).mapToObj(i -> i + "-" + "x".repeat(512)).toList();
    SharedTable table =
        store.share("long", Table.create(StringColumn.create("text", long20MiB).append("again")));
    assertReadBack(table, '\t');
  }

  @Test
  void appendedRowsAreWrittenWithTheStringsOfTheirOwnDictionary() throws IOException {
    store.share("grown", awkward(AWKWARD, 100));
    SharedTable grown = store.append("grown", awkward(List.of("new", "a,b", ""), 10_000));
    assertReadBack(grown, '\t');
    assertReadBack(grown.slice(90, 20), '\t');
  }

  @Test
  void numbersAreWrittenAsTheyAre() throws IOException {
    assertReadBack(store.share("numbers", numbers()), ',');
  }

  @Test
  void aDigitMaySeparate() throws IOException {
    assertReadBack(store.share("numbers", numbers()), '1');
  }

  @Test
  void aSeparatorMayTakeSeveralBytes() throws IOException {
    assertReadBack(store.share("awkward", awkward(AWKWARD, 100)), '→');
  }

  private static Table awkward(List<String> strings, int rows) {
    List<String> first = IntStream.range(0, rows).mapToObj(i -> of(strings, i)).toList();
    List<String> second = IntStream.range(0, rows).mapToObj(i -> of(strings, i / 7)).toList();
    return Table.create(StringColumn.create("#first", first), StringColumn.create("2nd", second));
  }

  private static String of(List<String> strings, int i) {
    return strings.get(i % strings.size());
  }

  private static Table numbers() {
    return Table.create(
        LongColumn.create("long", 0, Long.MAX_VALUE, Long.MIN_VALUE + 1, -1, 10).appendMissing(),
        IntColumn.create("int", 0, Integer.MAX_VALUE, Integer.MIN_VALUE + 1, -10, 9)
            .appendMissing(),
        ShortColumn.create("short", new short[] {0, Short.MAX_VALUE, -1, 99, 100}).appendMissing(),
        DoubleColumn.create("double", 0, -0.5, 1e300, 12, 1.0 / 3).appendMissing());
  }

  private void assertReadBack(SharedTable table, char separator) throws IOException {
    Path file = folder.resolve("out.csv");
    table.writeCsv(file, separator);
    List<List<String>> found;
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .fieldSeparator(separator)
            .skipEmptyLines(false)
            .ofCsvRecord(Files.newBufferedReader(file))) {
      found = reader.stream().map(CsvRecord::getFields).toList();
    }
    Table expected = table.table();
    assertEquals(expected.columnNames(), found.getFirst());
    assertEquals(expected.rowCount(), found.size() - 1);
    for (int row = 0; row < expected.rowCount(); row++) {
      int at = row;
      assertEquals(
          expected.columns().stream().map(column -> column.getUnformattedString(at)).toList(),
          found.get(row + 1));
    }
  }
}
