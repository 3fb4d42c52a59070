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
    String fetchData = NOTEBOOKS.resolve("fetch-data").toString();
    Command.run(NOTEBOOKS, Map.of(), PATIENCE, List.of(fetchData)).outputOfSuccess();
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
    List<JsonObject> cells = new ArrayList<>();
    new JsonParser()
        .parse(Files.readString(folder.resolve("executed.ipynb")))
        .getAsJsonObject()
        .getAsJsonArray("cells")
        .forEach(cell -> cells.add(cell.getAsJsonObject()));
    return new ExecutedNotebook(folder, List.copyOf(cells), run.err());
  }

  /** The folder that was the store. */
  Path store() {
    return store(folder);
  }

  /** All that the cells have put out, in order. */
  List<JsonObject> outputs() {
    List<JsonObject> outputs = new ArrayList<>();
    for (JsonObject cell : cells) {
      if (cell.has("outputs")) {
        cell.getAsJsonArray("outputs").forEach(output -> outputs.add(output.getAsJsonObject()));
      }
    }
    return outputs;
  }

  /** What the first cell that contains a text has put out beside its progress, in one format. */
  String output(String inSource, String mimeType) {
    for (JsonObject cell : cells) {
      if (cell.has("outputs") && text(cell.get("source")).contains(inSource)) {
        for (JsonElement output : cell.getAsJsonArray("outputs")) {
          JsonObject data = output.getAsJsonObject().getAsJsonObject("data");
          if (!isProgress(data)) {
            return text(data.get(mimeType));
          }
        }
      }
    }
    throw new IllegalArgumentException("no cell has " + inSource);
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

  private static Path store(Path folder) {
    return folder.resolve("store");
  }

  private static Command jupyter(Path folder, String... words)
      throws IOException, InterruptedException {
    Map<String, String> environment =
        Map.of(
            "JUPYTER_PATH", folder.resolve("share/jupyter").toString(),
            "JUPYTER_DATA_DIR", folder.resolve("data").toString(),
            "JUPYTER_CONFIG_DIR", folder.resolve("config").toString(),
            "JUPYTER_RUNTIME_DIR", folder.resolve("runtime").toString(),
            "IPYTHONDIR", folder.resolve("ipython").toString(),
            "TMPDIR",
                folder.toString(), // for the connection file, named on the kernel's command line
            "TRESTLE_HISTORY", "off",
            "TRESTLE_STORE", store(folder).toString());
    List<String> command = new ArrayList<>();
    command.add(
        Command.required(
            "trestle.jupyter", "/usr/bin/jupyter", "jupyter-nbconvert python3-ipykernel"));
    command.addAll(List.of(words));
    return Command.run(NOTEBOOKS, environment, PATIENCE, command);
  }

  /** A notebook file holds longer texts as an array of lines. */
  private static String text(JsonElement text) {
    if (!text.isJsonArray()) {
      return text.getAsString();
    }
    StringBuilder lines = new StringBuilder();
    text.getAsJsonArray().forEach(line -> lines.append(line.getAsString()));
    return lines.toString();
  }
}
