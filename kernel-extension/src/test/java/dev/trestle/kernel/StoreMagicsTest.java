package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.SharedTable;
import dev.trestle.Trestle;
import dev.trestle.kernel.engine.CellFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code %share}, {@code %attach}, {@code %drop}, {@code %info} and {@code %tables}. */
class StoreMagicsTest {
  private final TestHost host = new TestHost();

  StoreMagicsTest() throws CellFailure {}

  @BeforeEach
  void table() throws Exception {
    host.cell(
        "Table t = Table.create(\"t\", StringColumn.create(\"<s>\", \"a\", \"b\", \"a\"),"
            + " DoubleColumn.create(\"d\", new double[] {1, 2, Double.NaN}));");
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void aVariableIsSharedUnderItsName() throws Exception {
    host.cell("%share t");
    assertTrue(host.text().startsWith("t: 3 rows × 2 columns, held once: "), host.text());
    assertEquals(3, Trestle.attach("t").rowCount());
  }

  @Test
  void anExpressionIsSharedAndTheNotebookHasItAsAVariable() throws Exception {
    host.cell("%share ones = t.where(t.doubleColumn(\"d\").isEqualTo(1)) --keep");
    SharedTable ones = (SharedTable) host.cell("ones");
    assertEquals(1, ones.rowCount());
    assertTrue(ones.isKept());
    ones.drop();
  }

  @Test
  void aFileIsSharedAndReplacedWhenThatIsAskedFor(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("two words.tsv"), "x\ty\n1\ta\n2\tb\n");
    host.cell("%share cells = \"" + file + "\"");
    assertEquals(2L, host.cell("cells.rowCount()"));
    Files.writeString(file, "x\ty\n1\ta\n");
    assertThrows(CellFailure.class, () -> host.cell("%share cells = \"" + file + "\""));
    host.cell("%share cells = " + file + " --replace");
    assertEquals(1L, host.cell("cells.rowCount()"));
    assertEquals(List.of("cells"), StoredNames.all());
  }

  @Test
  void anArrayIsSharedToo() throws Exception {
    host.cell("%share grid = new double[][] {{1, 2}, {3, 4}}");
    assertEquals(4.0, host.cell("grid.getDouble(1, 1)"));
    host.cell("%attach grid --as again");
    assertEquals(4.0, host.cell("again.getDouble(1, 1)"));
  }

  @Test
  void aKeptArrayIsListedAsKeptAndStaysWhenItsSessionEnds() throws Exception {
    host.cell("%share grid = new int[][][] {{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}}} --keep");
    assertTrue(host.text().startsWith("grid: 2 × 2 × 2 of int, held once: 32 B in "), host.text());
    host.cell("%tables");
    List<String> cells = host.html().texts("td");
    assertEquals(List.of("grid", "int", "(2, 2, 2)"), cells.subList(0, 3));
    assertTrue(cells.contains("kept"), cells.toString());
    Trestle.store().close(); // the session's end; the next cell has a new one
    host.cell("%attach grid");
    assertEquals(7L, host.cell("grid.getLong(1, 1, 0)"));
    host.cell("%drop grid");
    assertEquals(List.of(), StoredNames.all());
  }

  @Test
  void aVariableWithAnArrayIsKeptUnderItsName() throws Exception {
    host.cell("long[] counts = {3, 4};");
    host.cell("%share counts --keep");
    host.cell("%attach counts --as shared");
    assertEquals(true, host.cell("shared.isKept()"));
    assertEquals(4L, host.cell("shared.getLong(1)"));
    host.cell("%drop counts");
  }

  @Test
  void aPartOfASharedArrayIsSharedAsACopy() throws Exception {
    host.cell("%share grid = new double[][] {{1, 2}, {3, 4}}");
    host.cell("%share second = grid.row(1)");
    host.cell("grid.fill(0.0)");
    assertEquals(4.0, host.cell("second.getDouble(1)"));
    host.cell("%share second = grid --replace");
    assertEquals(0.0, host.cell("second.getDouble(1, 1)"));
  }

  @Test
  void anArrayIsToldWithWhatItsValuesRangeOver() throws Exception {
    host.cell("%share grid = new double[][] {{1, Double.NaN}, {-3, 4}}");
    host.cell("%info grid");
    assertEquals(
        List.of("double", "4", "-3.00000", "4.00000", "0.666667", "1", "32 B"),
        host.html().texts("td"));
    assertTrue(host.text().startsWith("grid: 2 × 2 of double, held once: 32 B in "), host.text());
    host.cell("%share flags = new boolean[] {true, false, true, true}");
    host.cell("%info flags");
    assertEquals(
        List.of("boolean", "4", "0", "1", "0.750000", "0", "4 B"), host.html().texts("td"));
  }

  @Test
  void whatIsNoTableIsNotShared() throws Exception {
    host.cell("%share n = 5");
    assertTrue(host.complaints.getFirst().contains("'5' is of java.lang.Integer"));
  }

  @Test
  void anAttachedTableIsAVariableThatJavaAllows() throws Exception {
    Trestle.share("t.by.g", (tech.tablesaw.api.Table) host.cell("t"));
    host.cell("%attach t.by.g");
    assertEquals(3L, host.cell("t_by_g.rowCount()"));
    host.cell("%attach t.by.g --as grouped");
    assertEquals(3L, host.cell("grouped.rowCount()"));
    host.cell("%attach t.by.g --as class");
    assertTrue(host.complaints.getFirst().contains("cannot call a variable 'class'"));
  }

  @Test
  void severalAreDroppedOrNone() throws Exception {
    host.cell("%share t\n%share u = t");
    host.cell("%drop t nothing");
    assertEquals(List.of("t", "u"), StoredNames.all());
    host.cell("%drop t u");
    assertEquals(List.of(), StoredNames.all());
  }

  @Test
  void theColumnsOfATableAreToldWithWhatACopyWouldTake() throws Exception {
    host.cell("%share t");
    host.cell("%info \"t\"");
    host.cell("Table heap = t.copy();");
    List<String> cells = host.html().texts("td");
    assertEquals(List.of("<s>", "STRING", "0", "2"), cells.subList(0, 4));
    host.cell("%drop t");
    host.cell("SharedTable s = Trestle.share(\"s\", t);");
    host.cell("%info s");
    cells = host.html().texts("td");
    assertEquals(List.of("<s>", "STRING", "0", "2"), cells.subList(0, 4));
    assertEquals(List.of("d", "DOUBLE", "1", "2"), cells.subList(6, 10));
    assertEquals("≈ 24 B", cells.get(11));
    assertTrue(host.text().startsWith("s: 3 rows\n"), host.text());
  }

  @Test
  void wordsThatCouldFollowAreTheNamesAndTheOptions() throws Exception {
    host.cell("%share t");
    assertEquals(List.of("t", "--as"), host.book.takes("attach", false));
    assertEquals(List.of("t"), host.book.takes("drop", false));
    assertTrue(host.book.takes("memory", true).contains("--lines"));
  }
}
