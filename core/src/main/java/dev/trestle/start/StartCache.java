package dev.trestle.start;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the JVM keeps of a rehearsed start (JEP 483, 514 and 515): classes read, checked and linked,
 * and what its compilers learned. It is a help and never a condition: the JVM ignores a file that
 * is missing or damaged, or that was made of other jars or by another JVM.
 *
 * @param file the cache
 */
public record StartCache(Path file) {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** The flags of a JVM that uses it, if it is of use, and says nothing if it is not. */
  public List<String> flags() {
    return List.of("-XX:AOTCache=" + file, "-Xlog:aot*=off", "-Xlog:cds*=off");
  }

  /** The flags of a JVM that is a rehearsal: at its end it writes what it has seen. */
  public static List<String> recordingFlags(Path record) {
    return List.of(
        "-XX:AOTMode=record",
        "-XX:AOTConfiguration=" + record,
        // With what the compilers learned, they would compile more at each start than that saves:
        // 230 ms of processor time instead of 170 until a worker has its first result.
        "-XX:+UnlockDiagnosticVMOptions",
        "-XX:-AOTRecordTraining",
        "-Xlog:disable",
        "-Xlog:all=off:stdout");
  }

  /** Whether the file is there and not older than what it was made of. */
  public boolean isFresh(List<Path> classPath) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    for (Path entry : classPath) {
      if (Files.exists(entry)
          && Files.getLastModifiedTime(entry).compareTo(Files.getLastModifiedTime(file)) > 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether the JVM could make one: it takes classes from jars only. */
  public static boolean isPossible(List<Path> classPath) {
    return !classPath.isEmpty() && classPath.stream().noneMatch(Files::isDirectory);
  }

  /**
   * Makes it anew by a rehearsal in a JVM of its own.
   *
   * @param java the command
   * @param flags those that the JVMs which are to use it start with
   * @param main the main class of the rehearsal, and its arguments
   * @return whether it is there then
   */
  public boolean make(Path java, List<String> flags, List<Path> classPath, List<String> main)
      throws IOException, InterruptedException {
    Path folder = file.toAbsolutePath().getParent();
    Path record = Files.createTempFile(folder, "start", ".rehearsal");
    try {
      List<String> all = Stream.of(recordingFlags(record), flags).flatMap(List::stream).toList();
      run(command(java, all, classPath, main));
      return assemble(record, java, flags, classPath);
    } finally {
      Files.deleteIfExists(record);
    }
  }

  /**
   * Makes it anew of what a rehearsal has seen. Whoever starts meanwhile finds the former file, or
   * none, or the whole new one.
   *
   * @param record written by a JVM with {@link #recordingFlags}
   * @param flags those that the JVM had, and that those which are to use the cache start with
   * @return whether it is there then
   */
  public boolean assemble(Path record, Path java, List<String> flags, List<Path> classPath)
      throws IOException, InterruptedException {
    Path made = Files.createTempFile(file.toAbsolutePath().getParent(), "start", ".tmp");
    Files.deleteIfExists(file);
    try {
      List<String> all = new ArrayList<>();
      all.add("-XX:AOTMode=create");
      all.add("-XX:AOTConfiguration=" + record);
      all.add("-XX:AOTCache=" + made);
      all.add("-Xlog:disable");
      all.addAll(flags);
      boolean isMade = run(command(java, all, classPath, List.of())) && Files.isRegularFile(made);
      if (isMade) {
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
      }
      return isMade;
    } finally {
      Files.deleteIfExists(made);
    }
  }

  private static List<String> command(
      Path java, List<String> flags, List<Path> classPath, List<String> main) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(flags);
    command.add("-cp");
    command.add(
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    command.addAll(main);
    return command;
  }

  private static boolean run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start();
    try {
      return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0;
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
