package dev.trestle.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import tech.tablesaw.io.Source;
import tech.tablesaw.io.csv.CsvReadOptions;

/** The rule above all others: what Tablesaw reads, this reads, cell by cell. */
class SameAsTablesawTest {
  private static final IngestLimits TINY =
      new IngestLimits(8, 16, 3, 1 << 16, 1 << 20, Long.MAX_VALUE);

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @MethodSource("sources")
  void aWholeFile(String what, String text, Consumer<CsvReadOptions.Builder> options)
      throws Exception {
    Path file = Files.writeString(folder.resolve("table.csv"), text);
    assertSame(
        () -> new Source(file.toFile(), StandardCharsets.UTF_8), options, IngestLimits.standard());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sources")
  void aFileInTinyChunks(String what, String text, Consumer<CsvReadOptions.Builder> options)
      throws Exception {
    Path file = Files.writeString(folder.resolve("table.csv"), text);
    assertSame(() -> new Source(file.toFile(), StandardCharsets.UTF_8), options, TINY);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sources")
  void aReaderInTinyChunks(String what, String text, Consumer<CsvReadOptions.Builder> options)
      throws Exception {
    assertSame(() -> Source.fromString(text), options, TINY);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("charsets")
  void aFileInAnotherCharset(Charset charset) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("table.csv"), "Stadt,\"Maß\"\nKöln,1\n\"Mün\nchen\",2\nÜ,3\n", charset);
    assertSame(() -> new Source(file.toFile(), charset), options -> {}, TINY);
  }

  static Stream<Charset> charsets() {
    return Stream.of(
        StandardCharsets.ISO_8859_1,
        StandardCharsets.UTF_8,
        StandardCharsets.UTF_16,
        StandardCharsets.UTF_16LE,
        Charset.forName("windows-1252"),
        Charset.forName("GB18030"));
  }

  @Test
  void randomTablesWithEveryKindOfValue() throws Exception {
    Random random = new Random(1);
    for (int round = 0; round < 30; round++) {
      String text = randomTable(random);
      Path file = Files.writeString(folder.resolve("random.csv"), text);
      assertSame(
          () -> new Source(file.toFile(), StandardCharsets.UTF_8),
          options -> {},
          new IngestLimits(
              1 + random.nextInt(200),
              1 + random.nextInt(400),
              2,
              1 << 16,
              1 << 20,
              Long.MAX_VALUE));
    }
  }

  private static String randomTable(Random random) {
    String[][] kinds = {
      {"1", "-5", "2147483648", "7.0", "", "NA"},
      {"1", "-5", "\"1,000\"", "0", "", "+3"},
      {"1.5", "-0.25", "1e10", "12%", "", "0.1", "123456789012345678901", "-0", ".5", "5."},
      {"a", "b", "\"c,d\"", "\"e\"\"f\"", "", "\"g\nh\"", " i ", "\" j \"", "NA", "é", "😀"},
      {"true", "false", "", "T", "n"},
      {"2020-02-29", "1999-12-31", "", "2021-01-05"},
      {"2020-02-29 13:14:15", "1969-12-31 23:59:59", "2020-02-31 01:02:03", ""},
      {"13:14:15", "00:00:00", "23:59:59.123", ""}
    };
    StringBuilder text = new StringBuilder("h0,h1,h2,h3,h4,h5,h6,h7\n");
    int rows = random.nextInt(60);
    int variety = 1 + random.nextInt(11);
    for (int row = 0; row < rows; row++) {
      List<String> fields = new ArrayList<>();
      for (String[] kind : kinds) {
        fields.add(kind[random.nextInt(Math.min(variety, kind.length))]);
      }
      text.append(String.join(",", fields)).append('\n');
    }
    return text.toString();
  }

  static Stream<Arguments> sources() {
    return Stream.of(
        same("plain", "a,b\n1,x\n2,y\n"),
        same("no line end at the end", "a,b\n1,x\n2,y"),
        same("an empty last field at the end", "a,b\n1,x\n2,"),
        same("carriage return and line feed", "a,b\r\n1,x\r\n2,y\r\n"),
        same("carriage returns", "a,b\r1,x\r2,y\r"),
        same("quotes", "a,b\n\"1\",\"x,y\"\n2,\"\"\n3,\" z \"\n"),
        same("doubled quotes", "a,b\n1,\"x\"\"y\"\n2,\"\"\"\"\n3,\"\"\"q\"\"\"\n"),
        same("line ends in quotes", "a,b\n1,\"x\ny\"\n2,\"\n\n\"\n3,z\n"),
        same("CRLF in quotes", "a,b\r\n1,\"x\r\ny\"\r\n2,\"p\r\n\"\r\n3,z\r\n"),
        same("CRLF in quotes of an LF file", "a,b\n1,\"x\r\ny\"\n2,z\n"),
        same("quotes within a field", "a,b\n1,x\"y\n2,5\" disk\n3,it's\n"),
        same("white space around fields", " a , b\n 1 , x y \n2,\ty\t\n"),
        same("white space around quotes", "a,b\n1, \"x, y\" \n2,\t\"z\"\n"),
        same("byte order mark", "\uFEFFa,b\n1,x\n"),
        same("unicode", "größe,город\n1,Köln\n2,Москва\n3,😀\n4,日本\n"),
        same("missing markers", "a,b,c\n1,NA,x\n,2,\n*,null,N/A\nNaN,3,y\n"),
        same(
            "own missing markers",
            "a,b,c\n-999,?,x\n5,2,-\n6,NA,?\n",
            options -> options.missingValueIndicator("-999", "?", "-")),
        same("a column of missing values", "a,b\n1,\n2,NA\n"),
        same("a value after many missing ones", "a,b\n1,\n2,\n3,\n4,\n5,\n6,7.5\n"),
        same("dates", "d,e\n2020-01-31,01/31/2020\n1999-12-01,12/01/1999\n,\n"),
        same("packed dates", "d,e\n20200131,1\n19991201,2\n"),
        same("times", "t\n13:05:09\n00:00:00\n23:59:59.999\n"),
        same("times of the day", "t\n01:05:09 PM\n12:00:00 AM\n"),
        same(
            "date-times",
            "t\n2014-07-09 13:03:44\n2014-07-09T13:03:44\n1900-01-01 00:00:00\n2016-02-29 23:59:59\n"),
        same("date-times with millis", "t\n2014-07-09T13:03:44.123\n1901-07-09T13:03:44.987\n"),
        same("impossible days", "t\n2014-02-30 13:03:44\n2014-04-31 13:03:44\n"),
        same("impossible hours", "t\n2014-02-20 13:03:44\n2014-04-30 24:03:44\n"),
        same(
            "own formats",
            "d,t,z\n31|01|2020,07h30,2020_01_31 07h30\n01|02|2021,23h59,2021_02_01 23h59\n",
            options ->
                options
                    .dateFormat(DateTimeFormatter.ofPattern("dd|MM|yyyy"))
                    .timeFormat(DateTimeFormatter.ofPattern("HH'h'mm"))
                    .dateTimeFormat(DateTimeFormatter.ofPattern("yyyy_MM_dd HH'h'mm"))),
        same("locale", "d\n01-Mar-2020\n02-Apr-2020\n", options -> options.locale(Locale.US)),
        same("booleans", "a,b,c\ntrue,T,y\nfalse,F,n\n,NA,y\n"),
        same(
            "booleans from digits",
            "a\n1\n0\nT\n",
            options -> options.columnTypes(new ColumnType[] {ColumnType.BOOLEAN})),
        same("integers with a zero decimal", "a,b\n1.0,5\n2.000,6\n-3.0,\n"),
        same(
            "zero decimals that count",
            "a\n1.0\n2.0\n",
            options -> options.ignoreZeroDecimal(false)),
        same("thousands", "a,b\n\"1,000\",\"1,000.5\"\n\"2,345,678\",\"2,5\"\n"),
        same("signs", "a,b\n+1,-0\n-2,+0.5\n"),
        same("large integers", "a,b\n2147483647,9223372036854775807\n-2147483647,1\n"),
        same("the integer that is the sentinel", "a\n-2147483648\n5\n"),
        same("integers that grow", "a\n1\n2\n3\n3000000000\n4\n"),
        same("integers too large for any type", "a\n1\n92233720368547758070\n"),
        same("integers, then decimals", "a\n1\n2\n3\n4\n5\n6\n7\n1.5\n"),
        same("integers, then words", "a,b\n1,x\n2,y\n3,z\n4,w\n5,v\nsix,u\n"),
        same("integers, then decimals, then words", "a\n1\n2\n3\n4\n5\n6\n7\n1.5\n8\nx\n9\n"),
        same("dates, then numbers", "a\n20200101\n20200102\n20200103\n20209999\n"),
        same("dates, then date-times", "a\n2020-01-01\n2020-01-02\n2020-01-03 10:00:00\n"),
        same("booleans, then digits", "a\nT\nF\nT\nF\nT\nF\nT\nF\n1\n"),
        same("times, then digits", "a\n10:00:00\n11:00:00\n12:00:00\n1300\n"),
        same("booleans, then words", "a\nT\nF\nT\nF\nT\nF\nG\n"),
        same(
            "decimals",
            "a\n0.1\n-2.5e3\n1e400\n1E-400\n.5\n5.\n0.30000000000000004\n123456789.123456789\n-0.0\n"
                + "9007199254740993\n8.41\n1234567890123456789\n"),
        same("percents", "a\n5%\n12.5%\n100%\n"),
        same("words for numbers", "a\nInfinity\n-Infinity\n1d\n0x1p3\n"),
        same(
            "narrow types",
            "a,b,c\n1,1.5,x\n-32767,0.1,y\n300,16777217,z\n",
            CsvReadOptions.Builder::minimizeColumnSizes),
        same(
            "shorts that grow",
            "a\n1\n2\n3\n4\n5\n40000\n5000000000\n",
            CsvReadOptions.Builder::minimizeColumnSizes),
        same(
            "duplicates", "a,A,b,a\n1,2,3,4\n", options -> options.allowDuplicateColumnNames(true)),
        same("unnamed columns", "a,,b\n1,2,3\n"),
        same("no header", "1,x\n2,y\n", options -> options.header(false)),
        same(
            "no header, types given",
            "1,x\n2,y\n",
            options ->
                options
                    .header(false)
                    .columnTypes(new ColumnType[] {ColumnType.LONG, ColumnType.STRING})),
        same(
            "skipped columns",
            "a,b,c\n1,x,2\n3,y,4\n",
            options -> options.columnTypesPartial(Map.of("b", ColumnType.SKIP))),
        same(
            "types for some",
            "a,b,c\n1,2,3\n4,5,6\n",
            options ->
                options.columnTypesPartial(Map.of("a", ColumnType.DOUBLE, "c", ColumnType.STRING))),
        same(
            "types by a function",
            "a,b\n1,2\n4,5\n",
            options ->
                options.columnTypesPartial(
                    name -> name.equals("b") ? Optional.of(ColumnType.FLOAT) : Optional.empty())),
        same(
            "types of all by a function",
            "a,b\n1,2\n4,5\n",
            options -> options.columnTypes(name -> ColumnType.STRING)),
        same(
            "instants",
            "a\n2020-01-01T00:00:00Z\n1969-12-31T23:59:59.123Z\n",
            options -> options.columnTypes(name -> ColumnType.INSTANT)),
        same(
            "only some types detected",
            "a,b\n1,T\n2,F\n",
            options -> options.columnTypesToDetect(List.of(ColumnType.DOUBLE, ColumnType.STRING))),
        same("blank lines", "a,b\n\n1,x\n\n\n2,y\n   \n"),
        same("blank lines before the header", "\n\na,b\n1,x\n"),
        same("a blank line in quotes", "a,b\n1,x\n\"\"\n2,y\n"),
        same("one column", "a\nx\n\ny\n\"\"\n  \nz\n"),
        same("comments", "# first\na,b\n#1,x\n2,y\n# \"open\n3,z\n"),
        same("own comments", "a,b\n%1,x\n#2,y\n", options -> options.commentPrefix('%')),
        same("tabs", "a\tb\tc\n1\t\tx\n \t2\t y \n", options -> options.separator('\t')),
        same("semicolons", "a;b\n1;\"x;y\"\n2;z\n", options -> options.separator(';')),
        same(
            "a separator beyond ASCII",
            "a¦b\n1¦\"x¦\ny\"\n2¦z\n",
            options -> options.separator('¦')),
        same("own quotes", "a,b\n1,'x,y'\n2,\"z\n", options -> options.quoteChar('\'')),
        same(
            "escaped quotes",
            "a,b\n1,\"x \\\"y\\\", z\"\n2,\"back\\\\slash\"\n3,\"a\\b\"\n4,p\\q\n",
            options -> options.escapeChar('\\')),
        same("own line ending", "a,b|1,x|2,y|", options -> options.lineEnding("|")),
        same(
            "line ending of two",
            "a,b;;1,x;2;;2,y;;",
            options -> options.lineEnding(";;").skipRowsWithInvalidColumnCount(true)),
        same(
            "ragged rows passed over",
            "a,b\n1,x\n2\n3,y,z\nlast,\n4,w\n",
            options ->
                options
                    .columnTypes(name -> ColumnType.STRING)
                    .skipRowsWithInvalidColumnCount(true)),
        same("separators in the header only in quotes", "\"a,b\",c\n1,2\n"),
        same("header with a line end", "\"a\nb\",c\n1,2\n"));
  }

  private static Arguments same(String what, String text) {
    return same(what, text, options -> {});
  }

  private static Arguments same(
      String what, String text, Consumer<CsvReadOptions.Builder> options) {
    return arguments(what, text, options);
  }

  /** Gives a source afresh, since some can be read only once. */
  private interface Supply {
    Source get();
  }

  private void assertSame(
      Supply source, Consumer<CsvReadOptions.Builder> customizer, IngestLimits limits)
      throws Exception {
    Table expected = Table.read().usingOptions(options(source, customizer));
    try (IngestedColumns columns =
        new CsvIngest(options(source, customizer), folder, IngestProgress.NONE, limits).read()) {
      List<DecodedColumn> decoded = DecodedColumn.all(columns, folder);
      assertEquals(
          expected.columnNames(), decoded.stream().map(DecodedColumn::name).toList(), "names");
      assertEquals(
          expected.types().stream().map(type -> ColumnCoding.of(type).kind()).toList(),
          decoded.stream().map(DecodedColumn::kind).toList(),
          "types");
      assertEquals(expected.rowCount(), columns.rows(), "rows");
      for (int i = 0; i < decoded.size(); i++) {
        assertEquals(cells(expected.column(i)), decoded.get(i).values(), expected.column(i).name());
      }
    }
  }

  private static CsvReadOptions options(
      Supply source, Consumer<CsvReadOptions.Builder> customizer) {
    CsvReadOptions.Builder builder = CsvReadOptions.builder(source.get());
    customizer.accept(builder);
    return builder.build();
  }

  private static List<Object> cells(Column<?> column) {
    List<Object> cells = new ArrayList<>();
    for (int row = 0; row < column.size(); row++) {
      cells.add(column.isMissing(row) ? null : column.get(row));
    }
    return cells;
  }
}
