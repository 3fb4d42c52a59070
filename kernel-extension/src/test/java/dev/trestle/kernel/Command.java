package dev.trestle.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;

/** A program that a test runs to its end, and what it said. */
record Command(int status, String out, String err) {

  /** Runs a program in a folder; ends it and all it has started if it takes too long. */
  static Command run(
      Path folder, Map<String, String> environment, Duration patience, List<String> words)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("out", ".txt");
    Path err = Files.createTempFile("err", ".txt");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(words)
              .directory(folder.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionFailedError(
            "%s did not end within %s:%n%s".formatted(words, patience, read(err)));
      }
      return new Command(process.exitValue(), read(out), read(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** What it wrote to standard output, once it is certain that it ended well. */
  String outputOfSuccess() {
    if (status != 0) {
      throw new AssertionFailedError("exit status %d:%n%s".formatted(status, err));
    }
    return out;
  }

  /** The program at that path; a test that needs it cannot pass without. */
  static String required(String property, String path, String aptPackages) {
    String program = System.getProperty(property, path);
    if (!Files.isExecutable(Path.of(program))) {
      throw new AssertionFailedError(
          "this test needs %s: apt-get install %s (or name another one with -D%s=...)"
              .formatted(program, aptPackages, property));
    }
    return program;
  }

  /** The command lines of the processes that mention a text, until there are none or time is up. */
  static List<String> stillRunning(String text, Duration patience)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    List<String> running = mentioning(text);
    while (!running.isEmpty() && System.nanoTime() < end) {
      Thread.sleep(50);
      running = mentioning(text);
    }
    return running;
  }

  private static List<String> mentioning(String text) throws IOException {
    try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
      return processes
          .filter(process -> process.pid() != ProcessHandle.current().pid())
          .map(process -> Path.of("/proc/" + process.pid() + "/cmdline"))
          .map(Command::readIfThere)
          .filter(line -> line.contains(text))
          .toList();
    }
  }

  /** ProcessHandle itself cuts a command line at a page, and class paths are longer. */
  private static String readIfThere(Path commandLine) {
    try {
      return read(commandLine).replace('\0', ' ');
    } catch (IOException e) {
      return ""; // has ended meanwhile
    }
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
