package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.SharedTable;
import dev.trestle.kernel.engine.CellFailure;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code %%parallel}. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParallelMagicTest {
  private final TestHost host = new TestHost();

  ParallelMagicTest() throws CellFailure {}

  @BeforeAll
  void start() throws Exception {
    host.cell("%workers 2 --heap 128m");
    host.cell(
        "Table t = Table.create(\"t\", StringColumn.create(\"g\", \"a\", \"b\", \"a\", \"c\"),"
            + " IntColumn.create(\"n\", new int[] {1, 2, 3, 4}));");
    host.cell("%share letters = t");
  }

  @AfterAll
  void close() {
    host.close();
  }

  @Test
  void valuesOfGroupsBecomeAListWithTheTypeOfTheLastExpression() throws Exception {
    host.cell(
        "%%parallel letters by=g as=rows into=sums\ndouble sum = rows.intColumn(\"n\").sum();\nsum");
    assertEquals(List.of(4.0, 2.0, 4.0), host.cell("List<Double> typed = sums;\ntyped"));
    assertEquals("sums is a list of 3 values", host.text());
  }

  @Test
  void tablesOfGroupsBecomeOneSharedTable() throws Exception {
    String cell = "%%parallel letters by=g into=firsts\npart.first(1)";
    host.cell(cell);
    host.cell(cell); // run again, it takes the place of the first one
    SharedTable firsts = (SharedTable) host.cell("firsts");
    assertEquals("firsts", firsts.name());
    assertEquals(3, firsts.rowCount());
  }

  @Test
  void withoutAColumnThereAreParts() throws Exception {
    host.cell("%%parallel letters parts=4\npart.rowCount()");
    assertEquals(List.of(1, 1, 1, 1), host.results.getLast());
  }

  @Test
  void aHeapTableIsSharedForTheTimeOfTheCall() throws Exception {
    host.cell("Table heap = t.copy();");
    host.cell("%%parallel heap by=g,n\npart.rowCount()");
    assertEquals(List.of(1, 1, 1, 1), host.results.getLast());
    host.cell("%tables");
    assertTrue(host.text().lines().noneMatch(line -> line.contains("parallel-")), host.text());
  }

  @Test
  void methodsOfTheCellAreTheNotebooksAndActionsHaveNoValue() throws Exception {
    int results = host.results.size();
    host.cell(
        "%%parallel letters by=g\nimport java.util.concurrent.*;\nint twice(int n) { return 2 * n;"
            + " }\nint x = 0;\nfor (int i = 0; i < 3; i++) x += twice(i);\nSystem.out.println(x);");
    assertEquals(results, host.results.size());
    assertEquals(8, host.cell("twice(4)"));
  }

  @Test
  void aFailureNamesTheGroupAndTheLineOfTheCell() {
    CellFailure failure =
        assertThrows(
            CellFailure.class,
            () -> host.cell("%%parallel letters by=g\nint n = part.rowCount();\nn / (n - 1)"));
    assertTrue(failure.message().contains("group g = "), failure.message());
    String text = String.join("\n", failure.traceback());
    assertTrue(text.contains("line 3"), text);
  }

  @Test
  void codeThatDoesNotCompileSaysWhere() {
    CellFailure failure =
        assertThrows(
            CellFailure.class, () -> host.cell("%%parallel letters by=g\n\nnothing.of(part)"));
    assertTrue(String.join("\n", failure.traceback()).contains("line 3"), failure.toString());
  }
}
