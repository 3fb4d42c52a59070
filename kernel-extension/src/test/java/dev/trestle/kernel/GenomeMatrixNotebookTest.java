package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The notebook that does the same work with copies and with one table, run by a real Jupyter. */
@Tag("notebook")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GenomeMatrixNotebookTest {
  private static final int ROWS = 400_000;
  private static final int SAMPLES = 31;
  private static final String COPIED = "copied = workers()";
  private static final String SHARED = "Trestle.shareCsv";

  private ExecutedNotebook notebook = new ExecutedNotebook(Path.of(""), List.of(), "");

  @BeforeAll
  void runIt(@TempDir Path folder) throws Exception {
    notebook = ExecutedNotebook.run("genome-matrix.ipynb", folder);
  }

  /** The letters of the matrix, row by row, the reference first: drawn as the notebook does. */
  private static Stream<int[]> rows() {
    SplittableRandom random = new SplittableRandom(42);
    return Stream.generate(
            () -> {
              int[] letters = new int[1 + SAMPLES];
              random.nextInt(1, 6); // the position
              letters[0] = random.nextInt(4);
              for (int sample = 1; sample <= SAMPLES; sample++) {
                int other = (letters[0] + random.nextInt(1, 6)) % 6;
                letters[sample] = random.nextInt(100) < 85 ? letters[0] : other;
              }
              return letters;
            })
        .limit(ROWS);
  }

  private static boolean hasAnAlternative(int[] letters) {
    for (int letter : letters) {
      if (letter != letters[0] && "ACGTN-".charAt(letter) != 'N') {
        return true;
      }
    }
    return false;
  }

  /** All that a cell has put out in one format. */
  private List<String> outputs(String inSource, String mimeType) {
    return notebook.outputsOf(inSource).stream()
        .filter(output -> output.has("data"))
        .map(output -> output.getAsJsonObject("data"))
        .filter(data -> data.has(mimeType))
        .map(data -> ExecutedNotebook.text(data.get(mimeType)))
        .toList();
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
  void copiesAndTheSharedTableGiveTheSameResults() {
    assertEquals("true", notebook.output("shared.equals(copied)", "text/plain"));
  }

  @Test
  void theClosestPairDiffersInAsManyRowsAsTheFileSays() throws Exception {
    Fragment html =
        Fragment.of(outputs("long distance(Pair", "text/html").getLast()); // after the progress
    List<String> closest = html.texts("td").subList(0, 3);
    int a = 1 + Integer.parseInt(closest.get(0).substring(1));
    int b = 1 + Integer.parseInt(closest.get(1).substring(1));
    long differing = rows().filter(letters -> letters[a] != letters[b]).count();
    assertEquals(Long.toString(differing), closest.get(2));
  }

  @Test
  void theCallOfManyTasksKeepsItsFinalProgress() {
    assertTrue(
        outputs("long distance(Pair", "text/plain").getFirst().contains("465 of 465 tasks in "));
  }

  @Test
  void eachPositionWithAnAlternativeIsCalled() {
    long called = rows().filter(GenomeMatrixNotebookTest::hasAnAlternative).count();
    String shown = outputs("SharedTable called", "text/plain").getLast();
    assertTrue(shown.startsWith("genome.by.CHROM: %,d rows × 17 columns".formatted(called)), shown);
  }

  @Test
  void bothWaysHaveAChartOfTheirMemory() throws Exception {
    for (String cell : List.of(COPIED, SHARED)) {
      Fragment html = Fragment.of(outputs(cell, "text/html").getLast());
      assertEquals(1, html.all("svg").size());
      assertTrue(html.texts("td").containsAll(List.of("worker 1", "worker 2", "together")));
    }
  }

  @Test
  void workersThatCopyTheTableTakeMoreForThemselves() throws Exception {
    assertTrue(largest(COPIED) > largest(SHARED));
  }

  /** What both workers had for themselves at the most, MiB. */
  private double largest(String inSource) throws Exception {
    List<String> cells = Fragment.of(outputs(inSource, "text/html").getLast()).texts("td");
    double sum = 0;
    for (String worker : List.of("worker 1", "worker 2")) {
      String largest = cells.get(cells.indexOf(worker) + 4);
      assertTrue(largest.endsWith(" MiB"), largest);
      sum += Double.parseDouble(largest.replace(" MiB", ""));
    }
    return sum;
  }
}
