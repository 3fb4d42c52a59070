package dev.trestle.kernel;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a real browser saw of a Jupyter front end; the scripts are in src/test/browser. */
final class Visit {
  private static final Path SCRIPTS = Path.of("src/test/browser").toAbsolutePath();
  private static final Path PICTURES = Path.of("target/screenshots").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofMinutes(9);

  /** One SVG chart as it lies on the page; sizes in pixels, colours as CSS computes them. */
  record Chart(
      String title,
      double width,
      double height,
      int shapes,
      List<String> outside,
      String ink,
      String pageInk) {
    private static Chart of(JsonObject json) {
      return new Chart(
          json.get("title").getAsString(),
          json.get("width").getAsDouble(),
          json.get("height").getAsDouble(),
          json.get("shapes").getAsInt(),
          strings(json.get("outside")),
          json.get("ink").getAsString(),
          json.get("pageInk").getAsString());
    }
  }

  /** A code cell's outputs. */
  record Cell(List<String> texts, List<String> errors, List<Chart> charts) {
    private static Cell of(JsonObject json) {
      return new Cell(
          strings(json.get("texts")),
          strings(json.get("errors")),
          list(json.get("charts"), chart -> Chart.of(chart.getAsJsonObject())));
    }

    String text() {
      return String.join("\n", texts);
    }
  }

  /**
   * A notebook that was run.
   *
   * @param shown for each code cell, every text that it showed meanwhile, in order
   * @param cells the code cells at the end
   * @param dark the same in the front end's dark theme
   */
  record Run(List<List<String>> shown, List<Cell> cells, List<Cell> dark) {
    private static Run of(JsonObject json) {
      return new Run(
          list(json.get("shown"), Visit::strings),
          Visit.cells(json.get("cells")),
          json.has("dark") ? Visit.cells(json.get("dark")) : List.of());
    }

    List<Chart> charts() {
      return cells.stream().flatMap(cell -> cell.charts().stream()).toList();
    }

    List<String> errors() {
      return cells.stream().flatMap(cell -> cell.errors().stream()).toList();
    }
  }

  /** The same cells before a reload of the page and after it. */
  record Reload(List<Cell> before, List<Cell> after) {
    private static Reload of(JsonObject json) {
      return new Reload(Visit.cells(json.get("before")), Visit.cells(json.get("after")));
    }
  }

  /** All of a visit to JupyterLab. */
  record Lab(Map<String, Run> notebooks, List<Cell> interrupted, Reload reloaded) {
    private static Lab of(JsonObject json) {
      Map<String, Run> runs = new LinkedHashMap<>();
      json.getAsJsonObject("notebooks")
          .entrySet()
          .forEach(each -> runs.put(each.getKey(), Run.of(each.getValue().getAsJsonObject())));
      return new Lab(
          runs, Visit.cells(json.get("interrupted")), Reload.of(json.getAsJsonObject("reloaded")));
    }
  }

  private Visit() {}

  /** Runs notebooks one after the other in JupyterLab, then interrupts a map and reloads. */
  static Lab lab(JupyterServer server, String... notebooks)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.add(JupyterServer.notebooks(server.folder()).toString());
    words.addAll(List.of(notebooks));
    return Lab.of(run("lab.js", server, "lab", words));
  }

  /** Runs a notebook in the classic Notebook. */
  static Run classic(JupyterServer server, String notebook)
      throws IOException, InterruptedException {
    String page = "notebooks/" + notebook + ".ipynb";
    return Run.of(run("classic.js", server, page, List.of(notebook)));
  }

  private static JsonObject run(
      String script, JupyterServer server, String page, List<String> words)
      throws IOException, InterruptedException {
    Files.createDirectories(PICTURES);
    List<String> command = new ArrayList<>();
    command.add(Command.required("trestle.node", "/usr/bin/node", "nodejs"));
    command.add(SCRIPTS.resolve(script).toString());
    command.add(Command.required("trestle.chromium", "/usr/bin/chromium", "chromium"));
    command.add(server.url() + page + "?token=" + JupyterServer.TOKEN);
    command.add(PICTURES.toString());
    command.addAll(words);
    Path folder = server.folder();
    Map<String, String> environment = Map.of("TMPDIR", folder.toString()); // for its profile
    String json = Command.run(folder, environment, PATIENCE, command).outputOfSuccess();
    // The browser's last children write to the profile until they end.
    Command.stillRunning(folder + "/playwright", Duration.ofSeconds(10));
    return new JsonParser().parse(json).getAsJsonObject();
  }

  private static List<Cell> cells(JsonElement array) {
    return list(array, cell -> Cell.of(cell.getAsJsonObject()));
  }

  private static List<String> strings(JsonElement array) {
    return list(array, JsonElement::getAsString);
  }

  private static <T> List<T> list(JsonElement array, Function<JsonElement, T> read) {
    List<T> list = new ArrayList<>();
    array.getAsJsonArray().forEach(element -> list.add(read.apply(element)));
    return List.copyOf(list);
  }
}
