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
  void anExceptionHasItsLineInTheCell() {
    CellFailure failure =
        assertThrows(CellFailure.class, () -> host.cell("%%fork\nint n = 0;\nint m = 5 / n;"));
    String text = String.join("\n", failure.traceback());
    assertTrue(text.contains("/ by zero"), text);
    assertTrue(text.contains("line 3"), text);
    assertFalse(text.contains("ForkedCell"), text);
  }
}
