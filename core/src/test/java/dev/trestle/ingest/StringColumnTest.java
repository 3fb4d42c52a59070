package dev.trestle.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trestle.store.ColumnKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tech.tablesaw.io.csv.CsvReadOptions;

/** When strings are codes, how wide those are, and when they are text. */
class StringColumnTest {
  private static final IngestLimits LIMITS =
      new IngestLimits(1 << 12, 1 << 12, 2, 1 << 16, 1 << 20, Long.MAX_VALUE);

  @TempDir Path folder;

  @ParameterizedTest(name = "{0} distinct strings need codes of {1}")
  @CsvSource({"1, 1", "128, 1", "129, 2", "256, 2", "257, 2", "32768, 2", "32769, 4"})
  void codesAreAsNarrowAsTheyCanBe(int distinct, int width) throws Exception {
    int rows = distinct * 2 + 11;
    DecodedColumn column = read(rows, row -> "v" + row % distinct, LIMITS);
    assertEquals(ColumnKind.STRING, column.kind());
    assertEquals(distinct, column.entries());
    assertEquals(width, column.codeWidth());
  }

  @Test
  void aMissingStringIsOneOfTheEntries() throws Exception {
    DecodedColumn column = read(300, row -> row % 3 == 0 ? "" : "v" + row % 127, LIMITS);
    assertEquals(128, column.entries());
    assertEquals(1, column.codeWidth());
  }

  @Test
  void stringsThatHardlyRepeatAreText() throws Exception {
    IngestLimits limits = new IngestLimits(1 << 10, 1 << 10, 2, 1000, 1 << 20, Long.MAX_VALUE);
    DecodedColumn column = read(5000, row -> row % 10 == 0 ? "" : "é" + row, limits);
    assertEquals(ColumnKind.TEXT, column.kind());
  }

  @Test
  void stringsThatRepeatStayCodesHoweverMany() throws Exception {
    IngestLimits limits = new IngestLimits(1 << 10, 1 << 10, 2, 1000, 1 << 20, Long.MAX_VALUE);
    DecodedColumn column = read(9000, row -> "v" + row / 3, limits);
    assertEquals(ColumnKind.STRING, column.kind());
    assertEquals(3000, column.entries());
  }

  @Test
  void tooManyEntriesAreTextEvenIfTheyRepeat() throws Exception {
    IngestLimits limits = new IngestLimits(1 << 10, 1 << 10, 2, 1 << 16, 2000, Long.MAX_VALUE);
    DecodedColumn column = read(9000, row -> "v" + row / 3, limits);
    assertEquals(ColumnKind.TEXT, column.kind());
  }

  @Test
  void theLargestDictionaryGivesWayWhenTheHeapIsShort() throws Exception {
    IngestLimits limits = new IngestLimits(1 << 10, 1 << 10, 2, 1 << 16, 1 << 20, 8000);
    List<DecodedColumn> columns = readTwo(9000, row -> "v" + row / 3, row -> "w" + row % 5, limits);
    assertEquals(ColumnKind.TEXT, columns.get(0).kind());
    assertEquals(ColumnKind.STRING, columns.get(1).kind());
  }

  @Test
  void lettersOutsideASCIIAreOneEntryEach() throws Exception {
    String[] letters = {"a", "é", "ß", "日", "😀", "z"};
    DecodedColumn column = read(600, row -> letters[row % letters.length], LIMITS);
    assertEquals(letters.length, column.entries());
  }

  private DecodedColumn read(int rows, IntFunction<String> value, IngestLimits limits)
      throws Exception {
    return readTwo(rows, value, row -> "x", limits).getFirst();
  }

  /** Reads two columns, and sees to it that what was read is what was written. */
  private List<DecodedColumn> readTwo(
      int rows, IntFunction<String> first, IntFunction<String> second, IngestLimits limits)
      throws Exception {
    StringBuilder text = new StringBuilder("a,b\n");
    List<Object> firsts = new ArrayList<>();
    List<Object> seconds = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      String a = first.apply(row);
      String b = second.apply(row);
      text.append(a).append(',').append(b).append('\n');
      firsts.add(a.isEmpty() ? null : a);
      seconds.add(b);
    }
    CsvReadOptions options = CsvReadOptions.builderFromString(text.toString()).build();
    try (IngestedColumns columns =
        new CsvIngest(options, folder, IngestProgress.NONE, limits).read()) {
      List<DecodedColumn> decoded = DecodedColumn.all(columns, folder);
      assertEquals(firsts, decoded.get(0).values());
      assertEquals(seconds, decoded.get(1).values());
      return decoded;
    }
  }
}
