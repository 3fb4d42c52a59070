package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.Trestle;
import dev.trestle.kernel.engine.CellFailure;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code %%fork}. */
@Tag("slow")
class ForkMagicTest {
  private final TestHost host = new TestHost();

  ForkMagicTest() throws CellFailure {}

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void theCellRunsElsewhereWithTheNotebooksVariablesAndItsOwnComeBack() throws Exception {
    host.cell("int base = 40; int counter = 1; List<String> words = new ArrayList<>();");
    host.cell(
        """
        %%fork --heap 96m
        record Point(int x, int y) {}
        var squares = new ArrayList<Integer>();
        for (int i = 0; i < 3; i++) {
          squares.add(i * i);
        }
        long pid = ProcessHandle.current().pid();
        Point corner = new Point(base, 2);
        counter += 5;
        words.add("there");
        base + 2\
        """);
    assertEquals(List.of(42), host.results);
    assertEquals(4, host.cell("int last = squares.get(2);\nlast"));
    assertEquals(42, host.cell("corner.x() + corner.y()"));
    assertEquals(6, host.cell("counter"));
    assertEquals(List.of(), host.cell("words")); // changed there only
    assertNotEquals(ProcessHandle.current().pid(), host.cell("pid"));
    assertTrue(Trestle.openWorkers().isEmpty());
  }

  @Test
  void aTableComesBackThroughTheStore() throws Exception {
    host.cell("%%fork\nTable t = Table.create(\"t\", IntColumn.create(\"n\", new int[] {1, 2}));");
    assertEquals(3.0, host.cell("t.intColumn(\"n\").sum()"));
  }

  @Test
  void anExitOfItsJvmCostsTheNotebookNothing() throws Exception {
    host.cell("int kept = 7;");
    CellFailure failure =
        assertThrows(
            CellFailure.class,
            () -> host.cell("%%fork\nSystem.out.println(\"last words\");\nSystem.exit(3);"));
    assertEquals("dev.trestle.worker.WorkerLostException", failure.name());
    assertTrue(failure.message().contains("3"), failure.message());
    assertEquals(7, host.cell("kept"));
  }

  @Test
  void anExhaustedHeapCostsTheNotebookNothing() throws Exception {
    CellFailure failure =
        assertThrows(
            CellFailure.class,
            () -> host.cell("%%fork --heap 32m\nlong[] much = new long[1 << 26];\nmuch.length"));
    assertTrue(
        failure.message().contains("OutOfMemoryError") || failure.name().contains("WorkerLost"),
        failure.message());
    assertEquals(2, host.cell("1 + 1"));
  }

  @Test
  void whatTakesTooLongIsEnded() {
    CellFailure failure =
        assertThrows(
            CellFailure.class, () -> host.cell("%%fork --timeout 1s\nThread.sleep(60_000);"));
    assertEquals("dev.trestle.worker.TaskTimeoutException", failure.name());
    assertTrue(Trestle.openWorkers().isEmpty());
  }

  @Test
  void aLoopWithoutAnEndIsEndedByItsTimeoutAndAThrowAtTheEndIsThrown() {
    CellFailure late =
        assertThrows(
            CellFailure.class,
            () -> host.cell("%%fork --timeout 1s\nint n = 0;\nwhile (true) {\n  n++;\n}"));
    assertEquals("dev.trestle.worker.TaskTimeoutException", late.name());
    CellFailure thrown =
        assertThrows(
            CellFailure.class,
            () -> host.cell("%%fork\nint m = 1;\nthrow new IllegalStateException(\"bad\");"));
    assertEquals("java.lang.IllegalStateException", thrown.name());
    assertTrue(String.join("\n", thrown.traceback()).contains("line 3"));
  }

  @Test
  void manyVariablesOfManyTypesComeBack() throws Exception {
    StringBuilder cell = new StringBuilder("%%fork\nrecord P(int x) {}\nenum E { A, B }\n");
    for (int i = 0; i < 12; i++) {
      cell.append(
          "var p%1$d = new P(%1$d); byte b%1$d = %1$d; List<P> l%1$d = List.of(p%1$d);\n"
              .formatted(i));
    }
    cell.append("Optional<E> e = Optional.of(E.B); int[][] a = {{1}, {2, 3}}; Object none = null;");
    host.cell(cell.toString());
    assertEquals(
        "11 11 7 true 3 null",
        host.cell(
            "p11.x() + \" \" + b11 + \" \" + l7.get(0).x() + \" \" + (e.get() == E.B) + \" \""
                + " + a[1][1] + \" \" + none"));
  }

  @Test
  void anExceptionHasItsLineInTheCell() {
    CellFailure failure =
        assertThrows(CellFailure.class, () -> host.cell("%%fork\nint n = 0;\nint m = 5 / n;"));
    String text = String.join("\n", failure.traceback());
    assertTrue(text.contains("/ by zero"), text);
    assertTrue(text.contains("line 3"), text);
    assertFalse(text.contains("ForkedCell"), text);
  }
}
