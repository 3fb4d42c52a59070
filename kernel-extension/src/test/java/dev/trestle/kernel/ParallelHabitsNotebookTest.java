package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The notebook about Python users' habits; what it shows is computed here from the file itself. */
@Tag("notebook")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParallelHabitsNotebookTest {
  private ExecutedNotebook notebook = new ExecutedNotebook(Path.of(""), List.of(), "");

  @BeforeAll
  void runIt(@TempDir Path folder) throws Exception {
    notebook = ExecutedNotebook.run("parallel-pandas-habits.ipynb", folder);
  }

  private String text(String inSource) {
    return notebook.output(inSource, "text/plain");
  }

  private record Day(
      String city, String date, double rain, double high, double low, String weather) {
    static Day of(String line) {
      String[] cells = line.split(",", -1);
      return new Day(
          cells[0],
          cells[1],
          Double.parseDouble(cells[2]),
          Double.parseDouble(cells[3]),
          Double.parseDouble(cells[4]),
          cells[6]);
    }
  }

  private static List<Day> days() throws IOException {
    try (Stream<String> lines =
        Files.lines(ExecutedNotebook.NOTEBOOKS.resolve("data/weather.csv"))) {
      return lines.skip(1).map(Day::of).toList();
    }
  }

  private static long count(Predicate<Day> kind) throws IOException {
    return days().stream().filter(kind).count();
  }

  private static double most(Predicate<Day> kind, ToDoubleFunction<Day> value) throws IOException {
    return days().stream().filter(kind).mapToDouble(value).max().orElseThrow();
  }

  @Test
  void noCellFailsOrWritesToStandardError() {
    for (JsonObject output : notebook.outputs()) {
      String type = output.get("output_type").getAsString();
      boolean isText = type.equals("stream") && output.get("name").getAsString().equals("stdout");
      assertTrue(
          isText || List.of("execute_result", "display_data").contains(type), output::toString);
    }
    assertEquals(
        List.of(),
        notebook.terminal().lines().filter(line -> !line.startsWith("[NbConvertApp]")).toList());
  }

  @Test
  void aTableIsMappedOverConfigurations() throws Exception {
    assertEquals(
        List.of(count(d -> d.rain > 0), count(d -> d.rain > 5), count(d -> d.rain > 20)).toString(),
        text("workers().map(weather"));
  }

  @Test
  void whatTheInitializerMadeIsThereInTheTasks() throws Exception {
    assertEquals(
        List.of(
                most(d -> d.city.equals("Seattle"), Day::high),
                most(d -> d.city.equals("New York"), Day::high))
            .toString(),
        text("initializer("));
  }

  @Test
  void theArrayIsWrittenInPlace() throws Exception {
    double first = days().getFirst().high;
    assertEquals(
        String.format(Locale.ROOT, "%.1f C is %.1f F", first, first * 1.8 + 32),
        text("forSlices("));
  }

  @Test
  void eachRowHasItsValueInTheNewColumn() throws Exception {
    double widest = most(d -> true, d -> d.high - d.low);
    assertEquals(
        String.format(Locale.ROOT, "DOUBLE of %d values, up to %.1f degrees", 2922, widest),
        text("workers().apply("));
  }

  @Test
  void eachGroupHasItsRowInTheSharedResult() throws Exception {
    Set<String> kinds =
        days().stream()
            .map(d -> d.city + " " + d.weather)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Fragment html = Fragment.of(notebook.output("workers().mapGroups", "text/html"));
    assertTrue(
        html.text().startsWith("wettest: %d rows × 4 columns".formatted(kinds.size())),
        html.text());
    List<String> cells = html.texts("td");
    String firstKind = kinds.iterator().next();
    assertEquals(firstKind, cells.get(0) + " " + cells.get(1));
    double wettest = most(d -> firstKind.equals(d.city + " " + d.weather), Day::rain);
    assertEquals(wettest, Double.parseDouble(cells.get(3)));
  }

  @Test
  void theListenerHearsOfEveryTask() throws Exception {
    double sum = days().stream().mapToDouble(Day::rain).sum();
    assertEquals(
        String.format(Locale.ROOT, "4 tasks done, 0 failed, %.1f mm", sum), text(".imap("));
  }

  @Test
  void bothWorkersHaveToldTheOwner() throws Exception {
    Fragment html = Fragment.of(notebook.output("workers().serveTable", "text/html"));
    assertEquals(
        List.of(
            "New York",
            "" + count(d -> d.city.equals("New York") && d.weather.equals("snow")),
            "Seattle",
            "" + count(d -> d.city.equals("Seattle") && d.weather.equals("snow"))),
        html.texts("td"));
    assertEquals("2 rows in a process of their own", text("log.rowCount()"));
  }

  @Test
  void nothingIsLeftBehind() throws Exception {
    assertEquals("true", text("log.close()"));
    String folder = notebook.folder().toString();
    assertEquals(List.of(), Command.stillRunning(folder, Duration.ofSeconds(10)));
    String[] left = notebook.store().toFile().list();
    assertEquals(List.of(), left == null ? List.of() : List.of(left));
  }
}
