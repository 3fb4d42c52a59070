package dev.trestle.kernel;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A notebook of this project after a real Jupyter has run it, with the kernel of this build.
 *
 * @param folder holds all that Jupyter, the kernel and the store have written
 * @param cells as they are in the executed notebook file
 * @param terminal what Jupyter and the kernel wrote to the terminal
 */
record ExecutedNotebook(Path folder, List<JsonObject> cells, String terminal) {
  static final Path NOTEBOOKS = Path.of("..", "notebooks").toAbsolutePath().normalize();

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /** Fetches the notebooks' data, installs the kernel below the folder and runs the notebook. */
  static ExecutedNotebook run(String name, Path folder) throws IOException, InterruptedException {
    KernelCommand.commandLine().execute("install", "--prefix", folder.toString());
    return runInstalled(name, folder);
  }

  /** The same on IJava as it is, with this module as an extension of it. */
  static ExecutedNotebook runOnStockIJava(String name, Path folder)
      throws IOException, InterruptedException {
    StockIJava.install(JupyterFolder.below(folder));
    return runInstalled(name, folder);
  }

  private static ExecutedNotebook runInstalled(String name, Path folder)
      throws IOException, InterruptedException {
    fetchData();
    Command run =
        jupyter(
            folder,
            "nbconvert",
            "--to=notebook",
            "--execute",
            "--allow-errors", // so that a test can tell which cell failed
            "--output-dir=" + folder,
            "--output=executed.ipynb",
            NOTEBOOKS.resolve(name).toString());
    run.outputOfSuccess();
    return new ExecutedNotebook(folder, cells(folder.resolve("executed.ipynb")), run.err());
  }

  /** One that something else has run, without what was written to the terminal. */
  static ExecutedNotebook read(Path file) throws IOException {
    return new ExecutedNotebook(file.toAbsolutePath().getParent(), cells(file), "");
  }

  private static List<JsonObject> cells(Path file) throws IOException {
    List<JsonObject> cells = new ArrayList<>();
    new JsonParser()
        .parse(Files.readString(file))
        .getAsJsonObject()
        .getAsJsonArray("cells")
        .forEach(cell -> cells.add(cell.getAsJsonObject()));
    return List.copyOf(cells);
  }

  /** Fetches the notebooks' data, unless they are there. */
  static void fetchData() throws IOException, InterruptedException {
    String fetchData = NOTEBOOKS.resolve("fetch-data").toString();
    Command.run(NOTEBOOKS, Map.of(), PATIENCE, List.of(fetchData)).outputOfSuccess();
  }

  /** The folder that was the store. */
  Path store() {
    return JupyterServer.store(folder);
  }

  /** All that the cells have put out, in order. */
  List<JsonObject> outputs() {
    return cells.stream().flatMap(cell -> outputs(cell).stream()).toList();
  }

  /** All that the first code cell that contains a text has put out, in order. */
  List<JsonObject> outputsOf(String inSource) {
    return cells.stream()
        .filter(cell -> cell.has("outputs") && text(cell.get("source")).contains(inSource))
        .findFirst()
        .map(ExecutedNotebook::outputs)
        .orElseThrow(() -> new IllegalArgumentException("no cell has " + inSource));
  }

  private static List<JsonObject> outputs(JsonObject cell) {
    List<JsonObject> outputs = new ArrayList<>();
    if (cell.has("outputs")) {
      cell.getAsJsonArray("outputs").forEach(output -> outputs.add(output.getAsJsonObject()));
    }
    return outputs;
  }

  /** What the first cell that contains a text has put out beside its progress, in one format. */
  String output(String inSource, String mimeType) {
    for (JsonObject output : outputsOf(inSource)) {
      JsonObject data = output.getAsJsonObject("data");
      if (!isProgress(data)) {
        return text(data.get(mimeType));
      }
    }
    throw new IllegalArgumentException("nothing is put out by " + inSource);
  }

  /** A call that took long enough to be shown; how long it takes depends on the machine. */
  private static boolean isProgress(JsonObject data) {
    return data.has("text/html") && text(data.get("text/html")).contains("trestle-progress");
  }

  /** The notebook as an HTML page that needs nothing from the network. */
  String page() throws IOException, InterruptedException {
    jupyter(
            folder,
            "nbconvert",
            "--to=html",
            "--output-dir=" + folder,
            "--output=page.html",
            folder.resolve("executed.ipynb").toString())
        .outputOfSuccess();
    return Files.readString(folder.resolve("page.html"))
        .replaceAll("<script src=\"https?://[^>]*></script>", "");
  }

  private static Command jupyter(Path folder, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(
        Command.required(
            "trestle.jupyter", "/usr/bin/jupyter", "jupyter-nbconvert python3-ipykernel"));
    command.addAll(List.of(words));
    return Command.run(NOTEBOOKS, JupyterServer.environment(folder), PATIENCE, command);
  }

  /** A notebook file holds longer texts as an array of lines. */
  static String text(JsonElement text) {
    if (!text.isJsonArray()) {
      return text.getAsString();
    }
    StringBuilder lines = new StringBuilder();
    text.getAsJsonArray().forEach(line -> lines.append(line.getAsString()));
    return lines.toString();
  }
}
