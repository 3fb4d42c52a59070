package dev.trestle.kernel;

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

/** The first notebook on stock IJava, where Trestle is an extension and not the kernel. */
@Tag("notebook")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StockIJavaNotebookTest {
  private ExecutedNotebook notebook = new ExecutedNotebook(Path.of(""), List.of(), "");

  @BeforeAll
  void runIt(@TempDir Path folder) throws Exception {
    notebook = ExecutedNotebook.runOnStockIJava("first-steps.ipynb", folder);
  }

  @Test
  void noCellFails() {
    for (JsonObject output : notebook.outputs()) {
      assertNotEquals("error", output.get("output_type").getAsString(), output::toString);
    }
  }

  @Test
  void tablesAndMagicsAreShownAsTheyAreInOurOwnKernel() throws Exception {
    Fragment table = Fragment.of(notebook.output("Trestle.shareCsv", "text/html"));
    assertTrue(table.text().startsWith("weather: 2,922 rows"), table.text());
    Fragment memory = Fragment.of(notebook.output("%memory", "text/html"));
    assertTrue(
        memory.texts("td").stream().anyMatch(cell -> cell.startsWith("this JVM, worker")),
        memory.text());
  }
}
