package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.univocity.parsers.fixed.FixedWidthFields;
import dev.trestle.ingest.CsvFormatException;
import dev.trestle.ingest.ParquetException;
import dev.trestle.ingest.QueryException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.fixed.FixedWidthReadOptions;
import tech.tablesaw.io.html.HtmlReadOptions;
import tech.tablesaw.io.json.JsonReadOptions;
import tech.tablesaw.io.xlsx.XlsxReadOptions;
import tech.tablesaw.io.xlsx.XlsxReader;

/** Files, queries and other readers' tables, through the front door. */
class MoreWaysInTest {
  @TempDir Path folder;
  Store store;

  @BeforeEach
  void open() {
    store = Store.open(folder.resolve("store"));
  }

  @AfterEach
  void close() {
    assertEquals(
        List.of(),
        store.tables().stream().map(StoredTable::name).filter("refused"::equals).toList());
    store.close();
  }

  @Test
  void filesThatMatchAreOneTableInTheOrderOfTheirNames() throws Exception {
    Files.writeString(folder.resolve("p-2.csv"), "a;b\n3;z\n");
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("p-1.csv")))) {
      out.write("a;b\n1;x\n2;y\n".getBytes());
    }
    Table table =
        store
            .shareCsv("t", CsvFiles.matching(folder, "p-*.csv").options(o -> o.separator(';')))
            .table();
    assertEquals(List.of(1, 2, 3), table.intColumn("a").asList());
    assertEquals(List.of("x", "y", "z"), table.stringColumn("b").asList());
  }

  @Test
  void namesAreGivenInAListOrAFile() throws Exception {
    Path rows = Files.writeString(folder.resolve("rows.csv"), "1,x\n");
    Path header = Files.writeString(folder.resolve("header.csv"), "a,b\n");
    assertEquals(
        List.of("n", "s"),
        store.shareCsv("t", CsvFiles.of(rows).columnNames("n", "s")).columnNames());
    assertEquals(
        List.of("a", "b"), store.shareCsv("u", CsvFiles.of(rows).headerFile(header)).columnNames());
  }

  @Test
  void noFilesAreAnError() {
    assertEquals(
        "no file in %s has a name that matches *.csv".formatted(folder),
        message(() -> CsvFiles.matching(folder, "*.csv")));
    assertEquals("no files are given to make a table of", message(() -> CsvFiles.of(List.of())));
    assertTrue(
        message(() -> CsvFiles.matching(folder.resolve("none"), "*"))
            .startsWith("cannot list * in " + folder.resolve("none")));
    assertTrue(message(() -> CsvFiles.matching(folder, "[")).startsWith("cannot list [ in "));
  }

  private static String message(Runnable action) {
    return assertThrows(CsvFormatException.class, action::run).getMessage();
  }

  @Test
  void aDamagedFileLeavesNothingInTheStore() throws Exception {
    Path file = folder.resolve("t.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("a\n1\n".repeat(10_000).getBytes());
    }
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 40));
    assertThrows(CsvFormatException.class, () -> store.shareCsv("refused", CsvFiles.of(file)));
  }

  @Test
  void aParquetFileIsShared() throws Exception {
    Path file = Path.of(getClass().getResource("/parquet/polars-zstd.parquet").toURI());
    SharedTable shared = store.shareParquet("t", file, file);
    assertEquals(600, shared.rowCount());
    assertEquals("wä1", shared.table().stringColumn("word").get(301));
  }

  @Test
  void aDamagedParquetFileLeavesNothingInTheStore() throws Exception {
    Path file = Files.writeString(folder.resolve("t.parquet"), "PAR1 but not really PAR1");
    assertThrows(ParquetException.class, () -> store.shareParquet("refused", file));
  }

  @Test
  void theRowsOfAQueryAreShared() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
        ResultSet rows =
            connection
                .createStatement()
                .executeQuery("SELECT X AS n, 'w' || X AS w FROM SYSTEM_RANGE(1, 3)")) {
      Table table = store.shareQuery("t", rows).table();
      assertEquals(List.of(1L, 2L, 3L), table.longColumn("N").asList());
      assertEquals(List.of("w1", "w2", "w3"), table.stringColumn("W").asList());
      assertThrows(
          QueryException.class,
          () -> {
            rows.close();
            store.shareQuery("refused", rows);
          });
    }
  }

  @Test
  void whatTablesawReadsFromFixedWidthTextIsShared() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("t.txt"), "n   day       w \n1   2020-02-29x \n22            y \n");
    Table heap =
        Table.read()
            .usingOptions(
                FixedWidthReadOptions.builder(file.toFile())
                    .columnSpecs(new FixedWidthFields(4, 10, 2))
                    .build());
    assertSame(heap, store.share("t", heap).table());
  }

  @Test
  void whatTablesawReadsFromJsonIsShared() throws Exception {
    Table heap =
        Table.read()
            .usingOptions(
                JsonReadOptions.builderFromString(
                        "[{\"n\":1,\"x\":0.5,\"b\":true,\"s\":\"p\",\"d\":\"2020-02-29\"},{\"n\":2,\"s\":\"q\"}]")
                    .build());
    assertSame(heap, store.share("t", heap).table());
  }

  @Test
  void whatTablesawReadsFromHtmlIsShared() throws Exception {
    Table heap =
        Table.read()
            .usingOptions(
                HtmlReadOptions.builderFromString(
                        "<table><tr><th>n</th><th>s</th></tr><tr><td>1</td><td>ä</td></tr>"
                            + "<tr><td></td><td>b</td></tr></table>")
                    .build());
    assertSame(heap, store.share("t", heap).table());
  }

  @Test
  void whatTablesawReadsFromASpreadsheetIsShared() throws Exception {
    File file = folder.resolve("t.xlsx").toFile();
    try (var book = new XSSFWorkbook();
        OutputStream out = Files.newOutputStream(file.toPath())) {
      var sheet = book.createSheet();
      var day = book.createCellStyle();
      day.setDataFormat(book.getCreationHelper().createDataFormat().getFormat("yyyy-mm-dd"));
      var header = sheet.createRow(0);
      var names = List.of("n", "x", "s", "b", "d");
      for (int i = 0; i < names.size(); i++) {
        header.createCell(i).setCellValue(names.get(i));
      }
      for (int i = 1; i <= 3; i++) {
        var row = sheet.createRow(i);
        row.createCell(0).setCellValue(i);
        row.createCell(1).setCellValue(i / 4.0);
        row.createCell(2).setCellValue("w" + i);
        if (i != 2) {
          row.createCell(3).setCellValue(i == 1);
          var date = row.createCell(4);
          date.setCellValue(LocalDate.of(2020, 2, 28).plusDays(i));
          date.setCellStyle(day);
        }
      }
      book.write(out);
    }
    Table heap = new XlsxReader().read(XlsxReadOptions.builder(file).build());
    assertSame(heap, store.share("t", heap).table());
  }

  private static void assertSame(Table expected, Table found) {
    assertEquals(expected.columnNames(), found.columnNames());
    assertEquals(expected.types(), found.types());
    assertEquals(expected.printAll(), found.setName(expected.name()).printAll());
  }

  @Test
  @Tag("slow")
  void aMillionRowsOfAQueryNeedLittleHeap() throws Exception {
    assertEquals(
        "1000000 rows", child(jar -> true, "-Xmx64m", "query", folder.resolve("child").toString()));
  }

  /** A JVM started without flags warns of memory accesses that a later one refuses (JEP 498). */
  @Test
  void aZstandardFileIsReadWithoutAWordOfTheJvms() throws Exception {
    // "a,b\n1,x\n" by the zstd command (1.5), with its checksum
    Path file =
        Files.write(
            folder.resolve("t.csv.zst"),
            HexFormat.of().parseHex("28b52ffd0458410000612c620a312c780a6603301f"));
    try (var child =
        new ChildJvm(
            List.of("--sun-misc-unsafe-memory-access=warn"), // what it is without the flag
            WaysInCommands.class,
            "csv",
            folder.resolve("child"),
            file)) {
      assertEquals("1 rows", child.hear());
      assertNull(child.hear());
      assertEquals(0, child.waitFor());
    }
  }

  @Test
  @Tag("slow")
  void withoutParquetsLibraryTheMessageNamesIt() throws Exception {
    Path file = Path.of(getClass().getResource("/parquet/polars-zstd.parquet").toURI());
    String said =
        child(
            jar -> !jar.contains("parquet-") && !jar.contains("hadoop-"),
            "-Xmx64m",
            "parquet",
            folder.resolve("child").toString(),
            file.toString());
    assertTrue(
        said.startsWith(
            "ParquetException: reading Parquet takes org.apache.parquet:parquet-hadoop and"
                + " org.apache.hadoop:hadoop-client-api on the class path"),
        said);
  }

  /** The last line of a JVM that runs {@link WaysInCommands} on a part of this class path. */
  private static String child(Predicate<String> jars, String heap, String... arguments)
      throws IOException, InterruptedException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(jars)
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+UseSerialGC",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath,
                WaysInCommands.class.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader out = process.inputReader()) {
      List<String> lines = out.lines().toList();
      assertEquals(0, process.waitFor(), lines::toString);
      return lines.getLast();
    }
  }
}
