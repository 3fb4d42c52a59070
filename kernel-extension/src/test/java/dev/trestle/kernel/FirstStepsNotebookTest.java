package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The first notebook, run by a real Jupyter on our kernel with real worker JVMs. */
@Tag("notebook")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FirstStepsNotebookTest {
  private ExecutedNotebook notebook = new ExecutedNotebook(Path.of(""), List.of(), "");

  @BeforeAll
  void runIt(@TempDir Path folder) throws Exception {
    notebook = ExecutedNotebook.run("first-steps.ipynb", folder);
  }

  private Fragment html(String inSource) throws Exception {
    return Fragment.of(notebook.output(inSource, "text/html"));
  }

  /** Counted here, from the file itself. */
  private static String windyDays(double wind) throws IOException {
    List<String[]> days =
        Files.readAllLines(ExecutedNotebook.NOTEBOOKS.resolve("data/weather.csv")).stream()
            .skip(1)
            .map(line -> line.split(",", -1))
            .filter(cells -> Double.parseDouble(cells[5]) > wind)
            .toList();
    return List.of("Seattle", "New York").stream()
        .map(city -> days.stream().filter(cells -> cells[0].equals(city)).count())
        .toList()
        .toString();
  }

  @Test
  void noCellFails() {
    for (JsonObject output : notebook.outputs()) {
      assertNotEquals("error", output.get("output_type").getAsString(), output::toString);
    }
  }

  @Test
  void neitherACellNorTheKernelWritesToStandardError() {
    for (JsonObject output : notebook.outputs()) {
      assertNotEquals("stream", output.get("output_type").getAsString(), output::toString);
    }
    // The kernel's terminal is nbconvert's, which says two lines of its own.
    List<String> others =
        notebook.terminal().lines().filter(line -> !line.startsWith("[NbConvertApp]")).toList();
    assertEquals(List.of(), others);
  }

  @Test
  void aSharedTableIsShownWithItsSizeAndItsFirstRows() throws Exception {
    Fragment html = html("Trestle.shareCsv");
    assertTrue(html.text().startsWith("weather: 2,922 rows × 7 columns, held once"), html.text());
    assertEquals(
        List.of("Seattle", "2012-01-01", "0", "12.8", "5", "4.7", "drizzle"),
        html.texts("td").subList(0, 7));
    assertTrue(notebook.output("Trestle.shareCsv", "text/plain").contains("drizzle"));
  }

  @Test
  void workersRunAMethodOfTheNotebookWithTheValueOfItsVariable() throws Exception {
    assertEquals(windyDays(6), notebook.output("double windy = 6.0", "text/plain"));
  }

  @Test
  void workersSeeTheNewValueOfAVariable() throws Exception {
    assertEquals(windyDays(4), notebook.output("windy = 4.0;", "text/plain"));
  }

  @Test
  void eachGroupIsATableOfItsOwnSoItsFirstDayHasNoDayBefore() throws Exception {
    Fragment html = html("workers().mapGroups");
    assertTrue(html.text().startsWith("weather.by.location: 2,922 rows × 4 columns"), html.text());
    assertEquals(
        List.of("Seattle", "2012-01-01", "12.8", "missing"), html.texts("td").subList(0, 4));
    assertEquals(List.of("Seattle", "2012-01-02", "10.6", "-2.2"), html.texts("td").subList(4, 8));
    assertEquals(1, html.texts("i").size());
  }

  @Test
  void aPlotIsDrawnWithoutAScriptAndComesAsDataForPlotlyToo() throws Exception {
    Fragment html = html("BoxPlot.create");
    assertTrue(
        html.texts("text").containsAll(List.of("drizzle", "rain", "sun", "snow", "fog")),
        html.text());
    assertEquals(5, html.all("rect").size());
    assertEquals(List.of(), html.all("script"));
    assertTrue(notebook.output("BoxPlot.create", "text/plain").contains("box of 2922 values"));
  }

  @Test
  void theCatalogueListsBothTables() throws Exception {
    List<String> cells = html("%tables").texts("td");
    assertTrue(cells.containsAll(List.of("weather", "weather.by.location")), cells.toString());
  }

  @Test
  void theMemoryReportHasEveryProcessAndWhatCopiesWouldHaveCost() throws Exception {
    Fragment html = html("%memory");
    List<String> words = html.texts("text");
    assertTrue(
        words.containsAll(List.of("this JVM", "worker 1", "worker 2", "as 3 copies")),
        words.toString());
    assertEquals(2, html.all("svg").size());
  }

  @Test
  void theMemoryReportShowsThatAWorkerMapsTheTableItWorkedOn() throws Exception {
    List<String> cells = html("%memory").texts("td");
    assertTrue(cells.stream().anyMatch(c -> c.startsWith("this JVM, worker")), cells.toString());
  }

  @Test
  void noProcessAndNoTableIsLeftBehind() throws Exception {
    String folder = notebook.folder().toString();
    assertEquals(List.of(), Command.stillRunning(folder, Duration.ofSeconds(10)));
    String[] left = notebook.store().toFile().list();
    assertEquals(List.of(), left == null ? List.of() : List.of(left));
  }

  @Test
  @Tag("browser")
  void inABrowserTheChartsHaveASizeAndTheirTextStaysInside() throws Exception {
    Path page = notebook.folder().resolve("measured.html");
    Files.writeString(page, notebook.page().replace("</body>", MEASURE + "</body>"));
    Chromium chromium = new Chromium(notebook.folder());
    chromium.screenshot(page, Path.of("target/screenshots/first-steps.png"));

    Matcher measured =
        Pattern.compile("<pre id=\"measured\"[^>]*>(.*?)</pre>").matcher(chromium.dom(page));
    assertTrue(measured.find(), "the measuring script did not run");
    JsonArray charts = new JsonParser().parse(measured.group(1)).getAsJsonArray();
    assertEquals(2, charts.size());
    for (JsonElement element : charts) {
      JsonObject chart = element.getAsJsonObject();
      assertTrue(chart.get("width").getAsDouble() > 400, chart::toString);
      assertTrue(chart.get("height").getAsDouble() > 80, chart::toString);
      assertTrue(chart.get("bars").getAsInt() >= 3, chart::toString);
      assertEquals(0, chart.get("outside").getAsInt(), chart::toString);
      assertEquals(chart.get("pageInk"), chart.get("ink"));
    }
  }

  private static final String MEASURE =
      """
      <script>
      const charts = [...document.querySelectorAll('.trestle-memory svg')].map(svg => {
        const box = svg.getBoundingClientRect();
        const outside = [...svg.querySelectorAll('text')].map(t => t.getBoundingClientRect())
            .filter(t => t.left < box.left || t.right > box.right || t.bottom > box.bottom);
        return {
          width: box.width, height: box.height, bars: svg.querySelectorAll('rect').length,
          outside: outside.length, ink: getComputedStyle(svg).fill,
          pageInk: getComputedStyle(svg.parentElement).color
        };
      });
      const measured = document.createElement('pre');
      measured.id = 'measured';
      measured.textContent = JSON.stringify(charts);
      measured.hidden = true;
      document.body.append(measured);
      </script>
      """;
}
