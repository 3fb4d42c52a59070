package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trestle.kernel.Visit.Cell;
import dev.trestle.kernel.Visit.Chart;
import dev.trestle.kernel.Visit.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a reader sees who runs notebooks in JupyterLab 4, in a real browser. */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JupyterLabTest {
  private static final String GENOME = "genome-matrix";
  private static final String MEMORY = "memory-reports";

  /** The tasks of the longest call in the first of them. */
  private static final int PAIRS = 465;

  private Visit.Lab visit =
      new Visit.Lab(Map.of(), List.of(), new Visit.Reload(List.of(), List.of()));

  @BeforeAll
  void goThere(@TempDir Path folder) throws Exception {
    String program = System.getProperty("trestle.jupyterlab", "");
    assumeTrue(
        !program.isEmpty() && Files.isExecutable(Path.of(program)),
        "no JupyterLab 4 here: ./trestle test makes one, or says how; then -Dtrestle.jupyterlab=...");
    try (JupyterServer server = JupyterServer.lab(program, folder)) {
      visit = Visit.lab(server, GENOME, MEMORY);
    }
  }

  @Test
  void noCellShowsAnError() {
    visit.notebooks().values().forEach(run -> assertEquals(List.of(), run.errors()));
  }

  /** How many tasks were done, each time that the page showed it. */
  private static List<Integer> progress(List<String> shown, int tasks) {
    return shown.stream()
        .map(Pattern.compile("(\\d+) of %d tasks".formatted(tasks))::matcher)
        .filter(Matcher::find)
        .map(figures -> Integer.valueOf(figures.group(1)))
        .toList();
  }

  @Test
  void progressPassesThroughValuesBetweenNothingAndAllWhileTheCellRuns() {
    List<Integer> done =
        visit.notebooks().get(GENOME).shown().stream()
            .map(shown -> progress(shown, PAIRS))
            .filter(values -> !values.isEmpty())
            .findFirst()
            .orElseThrow();
    assertTrue(done.stream().anyMatch(n -> n > 0 && n < PAIRS), done::toString);
    assertEquals(done.stream().sorted().toList(), done);
    assertEquals(PAIRS, done.getLast());
  }

  @Test
  void chartsHaveASizeAndShapesAndTheirTextStaysInside() {
    for (Run run : visit.notebooks().values()) {
      assertFalse(run.charts().isEmpty());
      for (Chart chart : run.charts()) {
        assertTrue(chart.width() > 100 && chart.height() > 15, chart::toString);
        assertTrue(chart.shapes() > 0, chart::toString);
        assertEquals(List.of(), chart.outside(), chart::toString);
      }
    }
  }

  @Test
  void chartsTakeTheColourOfTheThemesText() {
    for (Run run : visit.notebooks().values()) {
      List<Chart> dark = run.dark().stream().flatMap(cell -> cell.charts().stream()).toList();
      assertEquals(run.charts().size(), dark.size());
      for (int i = 0; i < dark.size(); i++) {
        assertEquals(dark.get(i).pageInk(), dark.get(i).ink());
        assertFalse(dark.get(i).ink().equals(run.charts().get(i).ink()), dark.get(i)::toString);
      }
    }
  }

  @Test
  void theInterruptButtonStopsAMapAndTheNextCellWorks() {
    List<Cell> cells = visit.interrupted();
    Cell stopped = cells.get(cells.size() - 2);
    assertTrue(stopped.errors().toString().contains("interrupted"), stopped::toString);
    Cell next = cells.getLast();
    assertEquals(List.of(), next.errors());
    assertTrue(next.text().endsWith("[14, 28, 42]"), next::text);
  }

  @Test
  void aReloadOfThePageKeepsTheOutputs() {
    assertFalse(visit.reloaded().before().isEmpty());
    assertEquals(visit.reloaded().before(), visit.reloaded().after());
  }
}
