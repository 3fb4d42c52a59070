package dev.trestle.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One of this module's programs in a JVM and a process group of its own, as a shell starts it, with
 * a store folder of its own in shared memory.
 */
final class ProgramRun implements AutoCloseable {
  private static final AtomicLong RUNS = new AtomicLong();

  private final Process process;
  private final Path output;
  private final Path store;

  ProgramRun(Class<?> program, Path folder, String... arguments) throws IOException {
    output = folder.resolve("output.txt");
    // Short: the path of a worker's socket has its limit.
    long number = RUNS.incrementAndGet();
    store = Path.of("/dev/shm", "trestle-test-" + ProcessHandle.current().pid() + "-" + number);
    List<String> command = new ArrayList<>();
    command.add("setsid");
    // Whoever runs the tests in the background has SIGINT ignored, and children inherit that.
    command.addAll(List.of("env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // As the script ./trestle starts it.
    command.addAll(
        List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-Xmx512m", "-Dtrestle.store=" + store));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
  }

  boolean isRunning() {
    return process.isAlive();
  }

  int exitCode() throws IOException, InterruptedException {
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      throw new IllegalStateException("still running; so far:\n" + output());
    }
    return process.exitValue();
  }

  /** Standard output and standard error, as far as written. */
  String output() throws IOException {
    return Files.readString(output);
  }

  /** For a failed assertion's message. */
  String outputOrReason() {
    try {
      return output();
    } catch (IOException e) {
      return e.toString();
    }
  }

  void awaitOutput(String text) throws IOException, InterruptedException {
    while (!output().contains(text)) {
      if (!process.isAlive()) {
        throw new IllegalStateException("ended without '" + text + "':\n" + output());
      }
      Thread.sleep(10);
    }
  }

  /** Everything below the program's process now. */
  List<ProcessHandle> children() {
    return process.descendants().toList();
  }

  /** What Ctrl-C in a terminal does: the whole process group gets the signal, workers included. */
  void pressCtrlC() throws IOException, InterruptedException {
    signal("-" + process.pid());
  }

  /** Signals the program alone, as an IDE's stop button does. */
  void interruptAlone() throws IOException, InterruptedException {
    signal(Long.toString(process.pid()));
  }

  private static void signal(String target) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder("kill", "-s", "INT", "--", target).inheritIO().start().waitFor();
    assertEquals(0, status, "kill " + target);
  }

  /** All of the program's process group, also those whose parent has ended. */
  List<String> processGroup() throws IOException, InterruptedException {
    Process ps =
        new ProcessBuilder("pgrep", "--pgroup", Long.toString(process.pid()), "--list-full")
            .start();
    List<String> lines = ps.inputReader().readAllLines();
    ps.waitFor();
    return lines;
  }

  /** What lies in the program's store; null once it has removed the folder. */
  @Nullable List<Path> storedFiles() throws IOException {
    return Files.exists(store) ? filesBelow(store) : null;
  }

  @Override
  public void close() throws IOException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
    if (Files.exists(store)) {
      try (Stream<Path> files = Files.walk(store)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  static List<Path> filesBelow(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> !Files.isDirectory(file)).toList();
    }
  }
}
