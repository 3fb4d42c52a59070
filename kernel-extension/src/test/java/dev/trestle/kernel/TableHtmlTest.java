package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TableHtmlTest {
  private static Fragment rendered(Table table) throws Exception {
    return Fragment.of(TableHtml.of(table, "a caption"));
  }

  private static Table numbered(int rows) {
    return Table.create("numbered", IntColumn.create("n", IntStream.range(0, rows).toArray()));
  }

  private static Table wide(int columns) {
    Table table = Table.create("wide");
    IntStream.range(0, columns)
        .forEach(c -> table.addColumns(IntColumn.create("c" + c, new int[] {c})));
    return table;
  }

  @Test
  void aHeaderHasEachColumnsNameAndType() throws Exception {
    Fragment html =
        rendered(
            Table.create(
                "t",
                DateColumn.create("day", LocalDate.EPOCH),
                StringColumn.create("sky", "blue"),
                DoubleColumn.create("wind", 1.5)));
    assertEquals(List.of("", "daylocal_date", "skystring", "winddouble", "0"), html.texts("th"));
    assertEquals(List.of("1970-01-01", "blue", "1.5"), html.texts("td"));
  }

  @Test
  void missingValuesOfEveryKindAreMarked() throws Exception {
    IntColumn numbers = IntColumn.create("n", 1); // one row, missing
    StringColumn strings = StringColumn.create("s", 1);
    DateColumn dates = DateColumn.create("d", 1);
    Fragment html = rendered(Table.create("t", numbers, strings, dates));
    assertEquals(List.of("missing", "missing", "missing"), html.texts("i"));
  }

  @Test
  void theWordMissingInTheTableIsNotMarked() throws Exception {
    Fragment html = rendered(Table.create("t", StringColumn.create("s", "missing")));
    assertEquals(List.of(), html.texts("i"));
  }

  @Test
  void markupInValuesNamesAndCaptionIsEscaped() throws Exception {
    Table table = Table.create("t", StringColumn.create("<b>n</b>", "<script>alert(1)</script>"));
    String html = TableHtml.of(table, "<img src=x>");
    assertFalse(html.contains("<script"));
    assertFalse(html.contains("<b>"));
    assertFalse(html.contains("<img"));
    assertEquals(List.of("<script>alert(1)</script>"), Fragment.of(html).texts("td"));
  }

  @Test
  void aLongTableShowsItsFirstAndLastRowsAndHowManyThereAre() throws Exception {
    Fragment html = rendered(numbered(2_922));
    assertEquals(
        List.of(
            "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "⋮", "2917", "2918", "2919", "2920",
            "2921"),
        html.texts("td"));
    assertTrue(
        html.text().contains("2,922 rows × 1 column; the first 10 and last 5 rows are shown"),
        html.text());
  }

  @Test
  void aTableThatFitsIsShownWhole() throws Exception {
    Fragment html = rendered(numbered(15));
    assertEquals(15, html.texts("td").size());
    assertFalse(html.text().contains("⋮"));
    assertTrue(html.text().endsWith("15 rows × 1 column"), html.text());
  }

  @Test
  void aWideTableShowsItsFirstAndLastColumnsAndHowManyThereAre() throws Exception {
    Fragment html = rendered(wide(34));
    List<String> headings = html.texts("th");
    assertEquals("c14integer", headings.get(15));
    assertEquals("c29integer", headings.get(16));
    assertTrue(html.texts("td").contains("…"));
    assertTrue(
        html.text().contains("1 row × 34 columns; the first 15 and last 5 columns are shown"),
        html.text());
  }

  @Test
  void aLongValueIsCutAndSaysHowLongItWas() throws Exception {
    Fragment html = rendered(Table.create("t", StringColumn.create("s", "x".repeat(5_000))));
    assertEquals(List.of("x".repeat(120) + "… (5,000 characters)"), html.texts("td"));
  }

  @Test
  void theRoundingNoiseOfDoublesIsLeftOut() throws Exception {
    Fragment html = rendered(Table.create("t", DoubleColumn.create("d", 0.1 + 0.2, 1e-20, 2.5)));
    assertEquals(List.of("0.3", "0.00000000000000000001", "2.5"), html.texts("td"));
  }

  @Test
  void digitsInAStringAreLeftAlone() throws Exception {
    Fragment html = rendered(Table.create("t", StringColumn.create("s", "0.30000000000000004")));
    assertEquals(List.of("0.30000000000000004"), html.texts("td"));
  }

  @Test
  void anEmptyTableIsATableWithoutRows() throws Exception {
    assertTrue(rendered(Table.create("t")).text().contains("0 rows × 0 columns"));
    assertTrue(rendered(numbered(0)).text().contains("0 rows × 1 column"));
  }

  @Test
  void plainTextOfAWideTableLeavesTheSameColumnsOut() {
    String text = TableHtml.text(wide(34));
    assertTrue(text.contains("c14") && text.contains("c29"), text);
    assertFalse(text.contains("c15"), text);
    assertTrue(text.endsWith("(20 of 34 columns)"), text);
  }
}
