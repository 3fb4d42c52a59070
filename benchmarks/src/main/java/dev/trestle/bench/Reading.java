package dev.trestle.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * What a process that reads a file once reports.
 *
 * @param wall seconds
 * @param cpu seconds
 */
record Reading(long rows, double wall, double cpu) {

  /** Shares a file in a JVM of its own; see {@link IngestOnce}. */
  static Reading byTrestle(
      Path store, Path file, char separator, List<String> flags, LongConsumer started)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(flags);
    all.add("--sun-misc-unsafe-memory-access=allow");
    return of(
        OtherJvm.command(
            all, IngestOnce.class, store.toString(), file.toString(), String.valueOf(separator)),
        started);
  }

  /**
   * Runs a command whose last line is rows, wall and CPU seconds.
   *
   * @param started told the process id
   */
  static Reading of(List<String> command, LongConsumer started)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader out = process.inputReader()) {
      started.accept(process.pid());
      List<String> lines = out.lines().toList();
      if (process.waitFor() != 0 || lines.isEmpty()) {
        throw new IOException(String.join(" ", command) + " ended with " + process.exitValue());
      }
      String[] figures = lines.getLast().split(" ");
      return new Reading(
          Long.parseLong(figures[0]),
          Double.parseDouble(figures[1]),
          Double.parseDouble(figures[2]));
    } finally {
      process.destroyForcibly(); // an interrupt ends the reading as well
    }
  }
}
