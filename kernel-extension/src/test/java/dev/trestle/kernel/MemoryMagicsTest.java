package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.kernel.engine.CellFailure;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class MemoryMagicsTest {
  private final TestHost host = new TestHost();

  MemoryMagicsTest() throws CellFailure {}

  @AfterEach
  void close() {
    host.close();
  }

  private static boolean nobodyRecords() {
    return Thread.getAllStackTraces().keySet().stream()
        .noneMatch(thread -> thread.getName().equals("trestle-memory-timeline"));
  }

  @Test
  void aCellIsRunAndItsMemoryDrawn() throws Exception {
    host.cell("%%memory\nint[] kept = new int[8_000_000];\nkept.length");
    assertEquals(List.of(8_000_000), host.results);
    assertEquals(true, host.cell("kept[7] == 0"));
    Fragment html = host.html();
    assertEquals(1, html.all("svg").size());
    assertEquals(0, html.all("script").size());
    assertTrue(html.texts("td").contains("this JVM"), html.text());
    assertTrue(html.texts("text").stream().anyMatch(t -> t.startsWith("peak ")), html.text());
    assertTrue(html.texts("text").contains("line 2"), html.text());
    assertTrue(host.text().startsWith("memory over "), host.text());
    assertTrue(host.text().contains("free on this machine"), host.text());
    assertTrue(nobodyRecords());
  }

  @Test
  void sharedTablesAreABandOfTheirOwn() throws Exception {
    host.cell("Table t = Table.create(\"t\", DoubleColumn.create(\"d\", new double[500_000]));");
    host.cell("%%memory\nTrestle.share(\"t\", t);");
    String line =
        host.text().lines().filter(each -> each.startsWith("shared tables")).findFirst().orElse("");
    assertTrue(line.contains("3.8"), host.text()); // MiB
    assertTrue(
        host.html().all("path").stream()
            .map(path -> path.getAttribute("fill"))
            .anyMatch(fill -> fill.startsWith("url(#trestle-hatch-")));
  }

  @Test
  void eachStatementHasItsLine() throws Exception {
    host.cell(
        "%%memory --lines --interval 10ms\nint a = 1;\n\nString s = \"<b>\" + a;\nbyte[] m ="
            + " new byte[1 << 24];\nfor (int i = 0; i < m.length; i += 4096) {\n  m[i] = 1;\n}");
    List<String> cells = host.html().texts("td");
    assertTrue(cells.contains("String s = \"<b>\" + a;"), cells.toString());
    String text = host.text();
    assertTrue(text.contains("   2  int a = 1;"), text);
    assertTrue(text.contains("   6  for (int i = 0; i < m.length; i += 4096) { m[i] = 1; }"), text);
  }

  @Test
  void aPhaseThatTheCellNamesIsMarked() throws Exception {
    host.cell("%%memory\nphase(\"count & add\"); int n = 5;");
    Element chart = host.html().all("svg").getFirst();
    assertTrue(chart.getTextContent().contains("count & add at "), chart.getTextContent());
    host.cell("phase(\"elsewhere\")");
  }

  @Test
  void aCellThatFailsFailsAsItIsAndIsDrawn() {
    CellFailure failure =
        assertThrows(
            CellFailure.class, () -> host.cell("%%memory\nint a = 1;\nint b = a / 0;\nint c;"));
    assertEquals("java.lang.ArithmeticException", failure.name());
    String text = String.join("\n", failure.traceback());
    assertTrue(text.contains("line 3"), text);
    assertFalse(text.contains("cellMagic"), text);
    assertTrue(host.text().startsWith("memory over "), host.text());
    assertTrue(nobodyRecords());
  }

  @Test
  void aCellThatDoesNotCompileSaysWhere() {
    CellFailure failure =
        assertThrows(CellFailure.class, () -> host.cell("%%memory\nint a = 1;\nint b = nothing;"));
    String text = String.join("\n", failure.traceback());
    assertTrue(text.contains("line 3"), text);
  }

  @Test
  void theReportTellsOfHeapsAndPeaks() throws Exception {
    host.cell("%workers 1 --heap 64m");
    host.cell("%memory");
    for (int i = 0; i < 50 && host.text().contains("busy"); i++) { // still loading its classes
      host.cell("%memory");
    }
    List<String> cells = host.html().texts("td");
    assertTrue(cells.contains("worker 1"), cells.toString());
    assertTrue(host.html().texts("th").containsAll(List.of("peak RSS", "heap used", "non-heap")));
    String worker =
        host.text().lines().filter(each -> each.startsWith("worker 1 ")).toList().getLast();
    assertTrue(
        worker.matches(".* 6\\d(\\.\\d)? MiB .*"), host.text()); // serial: without a survivor
  }

  /** Each worker's line of the JVMs' own figures. */
  private List<String> jvms(String role) {
    return host.text()
        .lines()
        .dropWhile(line -> !line.startsWith("JVM "))
        .filter(line -> line.startsWith(role))
        .toList();
  }

  @Test
  void onlyAWorkerThatIsBusyIsCalledBusy() throws Exception {
    host.cell("%workers 2");
    host.cell(
        "dev.trestle.kernel.Notebook.workers().map(List.of(1, 2, 3, 4), n -> { Thread.sleep(200); return n; });");
    host.cell("%memory");
    for (int i = 0; i < 50 && host.text().contains("busy"); i++) { // still loading its classes
      host.cell("%memory");
    }
    host.cell(
        "var endless = dev.trestle.kernel.Notebook.workers().submit(() -> { Thread.sleep(600_000); return 1; });");
    host.cell("%memory");
    assertEquals(2, jvms("worker ").size(), host.text());
    assertEquals(
        1, jvms("worker ").stream().filter(line -> line.contains("busy")).count(), host.text());
    host.cell("endless.cancel(true)");
  }

  @Test
  void theOwnerOfATableIsNotCalledBusy() throws Exception {
    host.cell("%workers 1");
    host.cell(
        "var served = dev.trestle.kernel.Notebook.workers().serve(new ArrayList<>(List.of(1, 2)));");
    host.cell("%memory");
    assertEquals(1, jvms("owner of ").size(), host.text());
    assertTrue(jvms("owner of ").getFirst().contains("not asked"), host.text());
  }
}
