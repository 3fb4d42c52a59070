package dev.trestle.kernel;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;

/**
 * A Jupyter server on loopback, with the kernel of this build, for a browser to visit.
 *
 * @param url where it listens
 * @param folder holds all that the server, its kernels and the store write
 */
record JupyterServer(Process process, String url, Path folder) implements AutoCloseable {
  static final String TOKEN = "trestle";

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Settings of JupyterLab: draw every cell, seen or not; do not look for news on the network. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "notebook-extension/tracker", "{\"windowingMode\": \"none\"}",
          "apputils-extension/notification",
              "{\"fetchNews\": \"false\", \"checkForUpdates\": false}");

  /** Starts JupyterLab, which is to be driven by its own commands. */
  static JupyterServer lab(String program, Path folder) throws IOException, InterruptedException {
    for (Map.Entry<String, String> each : SETTINGS.entrySet()) {
      Path file = folder.resolve("settings/@jupyterlab/" + each.getKey() + ".jupyterlab-settings");
      Files.createDirectories(file.getParent());
      Files.writeString(file, each.getValue());
    }
    return start(
        folder,
        List.of(
            program,
            "--expose-app-in-browser",
            "--IdentityProvider.token=" + TOKEN,
            "--ServerApp.root_dir=" + notebooks(folder)));
  }

  /** Starts the classic Notebook. */
  static JupyterServer classic(Path folder) throws IOException, InterruptedException {
    String program =
        Command.required("trestle.notebook", "/usr/bin/jupyter-notebook", "jupyter-notebook");
    return start(
        folder,
        List.of(
            program,
            "--NotebookApp.token=" + TOKEN,
            "--NotebookApp.notebook_dir=" + notebooks(folder)));
  }

  /** What keeps Jupyter, its kernels and the store below a folder. */
  static Map<String, String> environment(Path folder) {
    return Map.of(
        "JUPYTER_PATH", folder.resolve("share/jupyter").toString(),
        "JUPYTER_DATA_DIR", folder.resolve("data").toString(),
        "JUPYTER_CONFIG_DIR", folder.resolve("config").toString(),
        "JUPYTER_RUNTIME_DIR", folder.resolve("runtime").toString(),
        "JUPYTERLAB_SETTINGS_DIR", folder.resolve("settings").toString(),
        "JUPYTERLAB_WORKSPACES_DIR", folder.resolve("workspaces").toString(),
        "IPYTHONDIR", folder.resolve("ipython").toString(),
        "TMPDIR", folder.toString(), // for the connection file, named on the kernel's command line
        "TRESTLE_HISTORY", "off",
        "TRESTLE_STORE", store(folder).toString());
  }

  static Path store(Path folder) {
    return folder.resolve("store");
  }

  /** A copy of the project's notebooks, as a front end saves what it has run. */
  static Path notebooks(Path folder) {
    return folder.resolve("notebooks");
  }

  private static JupyterServer start(Path folder, List<String> words)
      throws IOException, InterruptedException {
    copyNotebooks(notebooks(folder));
    KernelCommand.commandLine().execute("install", "--prefix", folder.toString());
    List<String> command = new ArrayList<>(words);
    command.addAll(List.of("--no-browser", "--ip=127.0.0.1", "--allow-root"));
    Path log = folder.resolve("server.log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment(folder));
    // The default one, in shared memory: only there is a shared table a band of its own in a chart.
    restore(builder.environment(), "TRESTLE_STORE");
    Process process = builder.start();
    try {
      return new JupyterServer(process, url(process, folder.resolve("runtime")), folder);
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      process.destroyForcibly().waitFor();
      throw new AssertionFailedError("%s:%n%s".formatted(words, Files.readString(log)), e);
    }
  }

  private static void restore(Map<String, String> environment, String variable) {
    String value = System.getenv(variable);
    if (value == null) {
      environment.remove(variable);
    } else {
      environment.put(variable, value);
    }
  }

  private static void copyNotebooks(Path target) throws IOException, InterruptedException {
    ExecutedNotebook.fetchData();
    copyFiles(ExecutedNotebook.NOTEBOOKS, target);
    copyFiles(ExecutedNotebook.NOTEBOOKS.resolve("data"), target.resolve("data"));
  }

  private static void copyFiles(Path source, Path target) throws IOException {
    Files.createDirectories(target);
    try (Stream<Path> files = Files.list(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
  }

  /** A server takes the first port that is free, and writes down which. */
  private static String url(Process process, Path runtime)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      try (Stream<Path> files = Files.isDirectory(runtime) ? Files.list(runtime) : Stream.of()) {
        for (Path file : files.filter(f -> f.toString().matches(".*server-\\d+\\.json")).toList()) {
          String text = Files.readString(file);
          if (text.strip().endsWith("}")) { // is all there
            JsonObject server = new JsonParser().parse(text).getAsJsonObject();
            return server.get("url").getAsString();
          }
        }
      }
      Thread.sleep(50);
    }
    throw new AssertionFailedError("the server does not listen");
  }

  /** Ends the server, which ends its kernels, which end their workers. */
  @Override
  public void close() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    Command.stillRunning(folder.toString(), PATIENCE);
  }
}
