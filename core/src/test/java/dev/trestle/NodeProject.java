package dev.trestle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The scripts of src/test/node with the libraries that they need, installed once below target. */
final class NodeProject {
  private static final Path SOURCE = Path.of("src", "test", "node");
  private static final Path FOLDER = Path.of("target", "node");

  private NodeProject() {}

  /** Copies the scripts, and installs their libraries if those have changed. */
  static synchronized void install() throws IOException, InterruptedException {
    Files.createDirectories(FOLDER);
    Path installed = FOLDER.resolve("installed.json");
    for (String script : List.of("package.json", "read.mjs", "write.mjs")) {
      Files.copy(
          SOURCE.resolve(script), FOLDER.resolve(script), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.exists(installed)
        || Files.mismatch(installed, FOLDER.resolve("package.json")) != -1) {
      run("npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--omit=optional");
      Files.copy(FOLDER.resolve("package.json"), installed, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Runs a script and gives the lines that it prints. */
  static List<String> node(String script, Path argument) throws IOException, InterruptedException {
    return run("node", script, argument.toAbsolutePath().toString());
  }

  private static List<String> run(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(FOLDER, "output", ".txt");
    Path errors = Files.createTempFile(FOLDER, "errors", ".txt");
    try {
      Process process =
          new ProcessBuilder(new ArrayList<>(List.of(command)))
              .directory(FOLDER.toFile())
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile())
              .start();
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError(String.join(" ", command) + " did not end within 5 minutes");
      }
      if (process.exitValue() != 0) {
        throw new AssertionError(
            "%s failed; Node.js 20 or later, npm and its registry are needed for this test:%n%s"
                .formatted(String.join(" ", command), Files.readString(errors)));
      }
      return Files.readAllLines(output);
    } finally {
      Files.deleteIfExists(output);
      Files.deleteIfExists(errors);
    }
  }
}
