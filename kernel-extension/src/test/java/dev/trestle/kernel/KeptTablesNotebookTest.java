package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.trestle.Store;
import dev.trestle.StoredTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The notebook about kept tables, run by one kernel after another on the same store. */
@Tag("notebook")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeptTablesNotebookTest {
  private static final String NAME = "tables-that-outlive-the-kernel.ipynb";

  private ExecutedNotebook first = new ExecutedNotebook(Path.of(""), List.of(), "");
  private ExecutedNotebook second = first;

  @BeforeAll
  void runItTwice(@TempDir Path folder) throws Exception {
    first = ExecutedNotebook.run(NAME, folder);
    second = ExecutedNotebook.run(NAME, folder);
  }

  /** The days, as they are in the file: cells by column. */
  private static List<String[]> days() throws IOException {
    return Files.readAllLines(ExecutedNotebook.NOTEBOOKS.resolve("data/weather.csv")).stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .toList();
  }

  @Test
  void noCellFailsOrWritesToStandardError() {
    for (ExecutedNotebook notebook : List.of(first, second)) {
      for (JsonObject output : notebook.outputs()) {
        String type = output.get("output_type").getAsString();
        assertTrue(List.of("execute_result", "display_data").contains(type), output::toString);
      }
    }
  }

  @Test
  void theFirstKernelReadsTheFileAndTheSecondFindsTheTable() throws Exception {
    String cell = "boolean known";
    assertEquals("read from the file, and kept", first.output(cell, "text/plain"));
    assertEquals("attached, as an earlier kernel left it", second.output(cell, "text/plain"));
    Fragment html = Fragment.of(second.output("weather // shown", "text/html"));
    assertTrue(html.text().startsWith("weather.kept: 2,922 rows"), html.text());
  }

  @Test
  void theCatalogueSaysThatItIsKept() throws Exception {
    Fragment html = Fragment.of(second.output("%tables", "text/html"));
    assertTrue(html.texts("td").contains("weather.kept"), html.text());
    assertTrue(html.text().contains("kept"), html.text());
  }

  @Test
  void anotherJvmAttachesIt() throws Exception {
    double hottest =
        days().stream().mapToDouble(day -> Double.parseDouble(day[3])).max().orElseThrow();
    String said = first.output("Path script", "text/plain");
    assertEquals("2922 rows, the hottest day: " + hottest, said);
  }

  @Test
  void anotherLanguageReadsIt() throws Exception {
    String[] wettest =
        days().stream()
            .max(Comparator.comparingDouble(day -> Double.parseDouble(day[2])))
            .orElseThrow();
    List<String> said = first.output("read.js", "text/plain").lines().toList();
    assertTrue(said.get(0).startsWith("2922 rows, location, date, precipitation"), said.get(0));
    assertEquals(
        "the wettest day: %s in %s, %s mm".formatted(wettest[1], wettest[0], wettest[2]),
        said.get(1));
  }

  @Test
  void eachVersionKeepsItsRows() throws Exception {
    long wet = days().stream().filter(day -> Double.parseDouble(day[2]) > 0).count();
    assertEquals("[1461, 2922, 2922]", first.output("seattle.append", "text/plain"));
    assertEquals(
        List.of(2922L, wet, wet).toString(), first.output("Trestle.replace", "text/plain"));
  }

  @Test
  @Order(Integer.MAX_VALUE) // drops it
  void onlyTheKeptTableIsLeftUntilItIsDropped() throws Exception {
    String folder = second.folder().toString();
    assertEquals(List.of(), Command.stillRunning(folder, Duration.ofSeconds(10)));
    try (Store store = Store.open(second.store())) {
      List<StoredTable> left = store.tables();
      assertEquals(List.of("weather.kept"), left.stream().map(StoredTable::name).toList());
      assertTrue(left.getFirst().kept());
      assertTrue(store.drop("weather.kept"));
    }
    String[] left = second.store().toFile().list();
    assertEquals(List.of(), left == null ? List.of() : List.of(left));
  }
}
