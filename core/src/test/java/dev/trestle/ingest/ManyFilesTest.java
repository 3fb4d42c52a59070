package dev.trestle.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.store.ColumnKind;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.io.Source;
import tech.tablesaw.io.csv.CsvReadOptions;

/** Several files as one table, and names that do not come from a header row. */
class ManyFilesTest {
  private static final IngestLimits SMALL_CHUNKS =
      new IngestLimits(16, 16, 3, 1 << 16, 1 << 20, Long.MAX_VALUE);
  private static final CsvText.Header OWN = new CsvText.Header.AsInOptions();

  @TempDir Path spools;
  @TempDir Path folder;

  @AfterEach
  void nothingIsLeft() throws Exception {
    Leftovers.assertNone(spools);
  }

  @Test
  void theRowsOfTheFilesFollowOneAnother() throws Exception {
    file("a.csv", "x,y\n1,p\n2,q\n");
    file("b.csv", "x,y\n3,r\n");
    file("c.csv", "x,y\n");
    file("d.csv", "x,y\n4,s");
    assertEquals(
        List.of(List.of(1, 2, 3, 4), List.of("p", "q", "r", "s")),
        values(OWN, "a.csv", "b.csv", "c.csv", "d.csv"));
  }

  @Test
  void manyRowsOfManyFilesKeepTheirOrder() throws Exception {
    List<Object> expected = new ArrayList<>();
    String[] names = new String[150];
    for (int i = 0; i < names.length; i++) {
      names[i] = "part-" + i + ".csv";
      StringBuilder text = new StringBuilder("n,s\n");
      for (int row = 0; row < 40; row++) {
        text.append(i * 40 + row).append(",\"v\n").append(row % 7).append("\"\n");
        expected.add(i * 40 + row);
      }
      file(names[i], text.toString());
    }
    assertEquals(expected, values(OWN, names).getFirst());
  }

  @Test
  void columnsAreMatchedByName() throws Exception {
    file("a.csv", "x,y,z\n1,p,2020-01-01\n");
    file("b.csv", "z,x,y\n2020-01-02,2,q\n");
    List<List<Object>> values = values(OWN, "a.csv", "b.csv");
    assertEquals(List.of(1, 2), values.get(0));
    assertEquals(List.of("p", "q"), values.get(1));
  }

  @Test
  void typesAreDecidedOverAllFiles() throws Exception {
    file("a.csv", "x,y\n1,true\n");
    file("b.csv", "x,y\n" + "2,false\n".repeat(200) + "2.5,maybe\n");
    try (IngestedColumns columns = read(OWN, o -> {}, "a.csv", "b.csv")) {
      assertEquals(
          List.of(ColumnKind.DOUBLE, ColumnKind.STRING),
          columns.columns().stream().map(column -> column.kind()).toList());
    }
  }

  @Test
  void eachFileHasItsOwnLineEndsAndMark() throws Exception {
    file("a.csv", "x,y\n1,\"p\nq\"\n");
    file("b.csv", "\uFEFFx,y\r\n2,\"p\r\nq\"\r\n");
    file("c.csv", "x,y\r3,\"p\rq\"\r");
    assertEquals(
        List.of(List.of(1, 2, 3), List.of("p\nq", "p\nq", "p\nq")),
        values(OWN, "a.csv", "b.csv", "c.csv"));
  }

  @Test
  void compressedAndPlainFilesMix() throws Exception {
    file("a.csv", "x\n1\n");
    Packed.gzip(folder.resolve("b.csv"), "x\n2\n");
    Packed.zstd(folder.resolve("c.csv"), "x\n3\n");
    assertEquals(List.of(List.of(1, 2, 3)), values(OWN, "a.csv", "b.csv", "c.csv"));
  }

  @Test
  void namesMayComeFromAList() throws Exception {
    file("a.csv", "1,p\n2,q\n");
    file("b.csv", "3,r\n");
    try (IngestedColumns columns = read(names("x", "y"), o -> {}, "a.csv", "b.csv")) {
      List<DecodedColumn> decoded = DecodedColumn.all(columns, spools);
      assertEquals(List.of("x", "y"), decoded.stream().map(DecodedColumn::name).toList());
      assertEquals(List.of(1, 2, 3), decoded.getFirst().values());
    }
  }

  @Test
  void namesMayComeFromTheFirstLineOfAnotherFile() throws Exception {
    file("a.tsv", "1\tp\n");
    file("header.tsv", "x\t\"the\ty\"\nignored\n");
    try (IngestedColumns columns = read(inFile("header.tsv"), o -> o.separator('\t'), "a.tsv")) {
      assertEquals(
          List.of("x", "the\ty"), columns.columns().stream().map(column -> column.name()).toList());
      assertEquals(1, columns.rows());
    }
  }

  @Test
  void filesWithoutHeaderAndNamesAreNumberedAsTablesawDoes() throws Exception {
    file("a.csv", "1,p\n");
    file("b.csv", "");
    file("c.csv", "2,q\n");
    try (IngestedColumns columns = read(OWN, o -> o.header(false), "a.csv", "b.csv", "c.csv")) {
      assertEquals(
          List.of("C0", "C1"), columns.columns().stream().map(column -> column.name()).toList());
      assertEquals(2, columns.rows());
    }
  }

  @Test
  void aFileWithOtherColumnsIsNamedWithTheDifference() throws Exception {
    file("a.csv", "x,y,z\n1,2,3\n");
    file("b.csv", "x,w,z\n1,2,3\n");
    assertEquals(
        "%s has other columns than %s: it lacks [y] and has [w] besides. Files of one table have the same names; for files without a header row, say so (header(false)) or give the names"
            .formatted(folder.resolve("b.csv"), folder.resolve("a.csv")),
        message(OWN, o -> {}, "a.csv", "b.csv"));
  }

  @Test
  void aBadRowIsNamedByItsFileAndLine() throws Exception {
    file("a.csv", "x,y\n1,2\n".repeat(1) + "3,4\n".repeat(50));
    file("b.csv", "x,y\n1,2\n3\n");
    String message = message(OWN, o -> {}, "a.csv", "b.csv");
    assertTrue(
        message.startsWith(folder.resolve("b.csv") + ", line 3: 1 field where 2 are expected"),
        message);
  }

  @Test
  void aBadValueIsNamedByItsPlaceInItsOwnFile() throws Exception {
    file("a.csv", "x,y\n1,2\n");
    file("b.csv", "y,x\n1,2\n3,z\n");
    String message =
        message(
            OWN,
            o -> o.columnTypes(name -> tech.tablesaw.api.ColumnType.INTEGER),
            "a.csv",
            "b.csv");
    assertTrue(
        message.startsWith(folder.resolve("b.csv") + ", line 3: 'z' in column 'x' (field 2)"),
        message);
  }

  @Test
  void anEmptyFileAmongFilesWithHeadersIsNamed() throws Exception {
    file("a.csv", "x\n1\n");
    file("b.csv", "");
    assertEquals(
        folder.resolve("b.csv") + " is empty: there is no header and no row to make a table of",
        message(OWN, o -> {}, "a.csv", "b.csv"));
  }

  @Test
  void aMissingFileAmongSeveralIsNamed() throws Exception {
    file("a.csv", "x\n1\n");
    assertEquals(
        "there is no file " + folder.resolve("b.csv"), message(OWN, o -> {}, "a.csv", "b.csv"));
  }

  @Test
  void tooFewAndTooManyNamesAreRefused() throws Exception {
    file("a.csv", "1,2,3\n");
    file("two.csv", "x,y\n");
    assertEquals(
        "a.csv has 3 columns, and 2 names are given for them: [x, y]",
        message(inFile("two.csv"), o -> {}, "a.csv"));
    assertEquals(
        "a.csv has 3 columns, and 4 names are given for them: [x, y, z, w]",
        message(names("x", "y", "z", "w"), o -> {}, "a.csv"));
  }

  @Test
  void aNameGivenTwiceIsRefused() throws Exception {
    file("a.csv", "1,2\n");
    String message = message(names("x", "X"), o -> {}, "a.csv");
    assertTrue(
        message.startsWith("a.csv has two columns of the name 'X', fields 1 and 2"), message);
  }

  @Test
  void aMissingHeaderFileIsNamed() throws Exception {
    file("a.csv", "1,2\n");
    assertEquals(
        "there is no file " + folder.resolve("none.csv"),
        message(inFile("none.csv"), o -> {}, "a.csv"));
  }

  @Test
  void anEmptyHeaderFileIsNamed() throws Exception {
    file("a.csv", "1,2\n");
    file("empty.csv", "");
    assertEquals(
        "empty.csv is empty: there is no header and no row to make a table of",
        message(inFile("empty.csv"), o -> {}, "a.csv"));
  }

  @Test
  void theCharsetIsThatOfAllFiles() throws Exception {
    Files.writeString(folder.resolve("a.csv"), "größe\nü\n", StandardCharsets.UTF_16LE);
    Files.writeString(folder.resolve("b.csv"), "größe\nö\n", StandardCharsets.UTF_16LE);
    assertEquals(
        List.of(List.of("ü", "ö")),
        decoded(OWN, StandardCharsets.UTF_16LE, o -> {}, "a.csv", "b.csv"));
  }

  private static CsvText.Header names(String... names) {
    return new CsvText.Header.Names(List.of(names));
  }

  private CsvText.Header inFile(String name) {
    return new CsvText.Header.InFile(folder.resolve(name));
  }

  private void file(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private List<List<Object>> values(CsvText.Header header, String... files) throws IOException {
    return decoded(header, StandardCharsets.UTF_8, o -> {}, files);
  }

  private List<List<Object>> decoded(
      CsvText.Header header,
      Charset charset,
      Consumer<CsvReadOptions.Builder> options,
      String... files)
      throws IOException {
    try (IngestedColumns columns = read(header, charset, options, files)) {
      return DecodedColumn.all(columns, spools).stream().map(DecodedColumn::values).toList();
    }
  }

  private String message(
      CsvText.Header header, Consumer<CsvReadOptions.Builder> options, String... files) {
    return assertThrows(CsvFormatException.class, () -> read(header, options, files)).getMessage();
  }

  private IngestedColumns read(
      CsvText.Header header, Consumer<CsvReadOptions.Builder> options, String... files)
      throws IOException {
    return read(header, StandardCharsets.UTF_8, options, files);
  }

  private IngestedColumns read(
      CsvText.Header header,
      Charset charset,
      Consumer<CsvReadOptions.Builder> customizer,
      String... files)
      throws IOException {
    List<Path> paths = Arrays.stream(files).map(folder::resolve).toList();
    CsvReadOptions.Builder options =
        CsvReadOptions.builder(new Source(paths.getFirst().toFile(), charset));
    customizer.accept(options);
    CsvText text = new CsvText(options.build(), paths, charset, header);
    return new CsvIngest(text, spools, IngestProgress.NONE, SMALL_CHUNKS).read();
  }
}
