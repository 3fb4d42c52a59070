package dev.trestle.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The text of {@code /proc/PID/name}, told apart from a process that is gone. See proc(5). */
final class ProcFile {
  private static final Path PROC = Path.of("/proc");

  private ProcFile() {}

  /**
   * Reads the file whole.
   *
   * @return empty when there is no such process any more, or only a zombie without memory
   * @throws UnsupportedOperationException on a system without this file in {@code /proc}
   * @throws UncheckedIOException when the process is there and may not be looked at
   */
  static Optional<String> read(long pid, String name) {
    requireProc(name);
    Path file = PROC.resolve(Long.toString(pid)).resolve(name);
    try {
      String text = Files.readString(file);
      return text.isEmpty() ? Optional.empty() : Optional.of(text);
    } catch (IOException e) {
      // A process that dies between open and read gives ESRCH, whose text depends on the locale.
      if (isGone(pid)) {
        return Optional.empty();
      }
      throw new UncheckedIOException(
          "cannot read " + file + " (another user's process, or a hardened kernel?)", e);
    }
  }

  private static void requireProc(String name) {
    if (!Files.exists(PROC.resolve("self").resolve(name))) {
      throw new UnsupportedOperationException(
          "memory readings come from Linux's /proc/PID/"
              + name
              + ", which is not there on this system ("
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.version")
              + "); smaps_rollup needs Linux 4.14 or newer");
    }
  }

  /** Also on its way there: it has given its memory back before it is a zombie. */
  private static boolean isGone(long pid) {
    try {
      String stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
      // Field 3 follows the name, which may hold anything; 23 is the size of its memory.
      String[] fromThird = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return fromThird[23 - 3].equals("0");
    } catch (IOException e) {
      return true;
    }
  }
}
