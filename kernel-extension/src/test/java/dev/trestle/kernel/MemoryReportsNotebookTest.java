package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The notebook about memory reports, run by a real Jupyter. */
@Tag("notebook")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MemoryReportsNotebookTest {
  private ExecutedNotebook notebook = new ExecutedNotebook(Path.of(""), List.of(), "");

  @BeforeAll
  void runIt(@TempDir Path folder) throws Exception {
    notebook = ExecutedNotebook.run("memory-reports.ipynb", folder);
  }

  private Fragment lastHtml(String inSource) throws Exception {
    JsonObject data = notebook.outputsOf(inSource).getLast().getAsJsonObject("data");
    return Fragment.of(ExecutedNotebook.text(data.get("text/html")));
  }

  @Test
  void noCellFailsOrWritesToStandardError() {
    for (JsonObject output : notebook.outputs()) {
      String type = output.get("output_type").getAsString();
      assertNotEquals("error", type, output::toString);
      assertNotEquals("stream", type, output::toString);
    }
  }

  @Test
  void eachColumnIsDescribed() throws Exception {
    List<String> cells = lastHtml("%info flights").texts("td");
    assertEquals(List.of("delay", "SHORT", "0"), cells.subList(0, 3));
    assertTrue(cells.containsAll(List.of("distance", "time", "together")), cells.toString());
  }

  @Test
  void theReportHasEveryProcessAndTheFileReadInPlace() throws Exception {
    Fragment html = lastHtml("%memory");
    assertTrue(html.texts("td").containsAll(List.of("this JVM", "worker 1", "worker 2")));
    assertTrue(html.text().contains("flights-200k.arrow"), html.text());
    assertEquals("1 shared table, 3 processes", notebook.output("Trestle.memory()", "text/plain"));
  }

  @Test
  void theChartOfACellNamesItsPhases() throws Exception {
    Fragment html = lastHtml("phase(\"more\")");
    assertEquals(1, html.all("svg").size());
    assertTrue(html.texts("text").containsAll(List.of("a little", "more")), html.text());
  }

  @Test
  void theStatementThatBoxesFourMillionNumbersTookTheMemory() throws Exception {
    List<String> cells = lastHtml("--lines").texts("td");
    int boxing = cells.indexOf("4"); // its line
    String increment = cells.get(boxing + 4);
    assertTrue(increment.matches("\\+[0-9.]+ MiB"), increment);
  }

  @Test
  void theHeapHasTheBoxedNumbersAndThenHasThemNoMore() throws Exception {
    List<String> live = lastHtml("%heap").texts("td");
    assertEquals("java.lang.Double", live.getFirst());
    assertTrue(live.get(1).startsWith("4,000,"), live.get(1));
    List<String> change = lastHtml("%heap --diff").texts("td");
    assertEquals(List.of("java.lang.Double", "-4,000,000"), change.subList(0, 2));
  }
}
