package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.kernel.Visit.Chart;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a reader sees who runs a notebook in the classic Notebook, in a real browser. */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClassicNotebookTest {
  private Visit.Run run = new Visit.Run(List.of(), List.of(), List.of());

  @BeforeAll
  void goThere(@TempDir Path folder) throws Exception {
    try (JupyterServer server = JupyterServer.classic(folder)) {
      run = Visit.classic(server, "memory-reports");
    }
  }

  @Test
  void noCellShowsAnError() {
    assertFalse(run.cells().isEmpty());
    assertEquals(List.of(), run.errors());
  }

  @Test
  void chartsHaveASizeAndShapesAndTheirTextStaysInside() {
    assertFalse(run.charts().isEmpty());
    for (Chart chart : run.charts()) {
      assertTrue(chart.width() > 100 && chart.height() > 15, chart::toString);
      assertTrue(chart.shapes() > 0, chart::toString);
      assertEquals(List.of(), chart.outside(), chart::toString);
    }
  }
}
