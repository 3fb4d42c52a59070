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
 * What the JVM keeps of a rehearsed start (JEP 483 and 514): classes read, checked and linked. It
 * is a help and never a condition: the JVM ignores a file that is missing or damaged, or that
 * another JVM has made.
 *
 * <p>What it does not notice is a changed jar: it would run the former classes (JDK-8377932, in all
 * of JDK 25). So a second file says what the cache was made of, and whoever uses a cache asks
 * {@link #isFresh} before.
 *
 * @param file the cache
 */
public record StartCache(Path file) {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** The flags of a JVM that uses it, if it is of use, and says nothing if it is not. */
  public List<String> flags() {
    return List.of("-XX:AOTCache=" + file, "-Xlog:aot*=off", "-Xlog:cds*=off");
  }

  /**
   * The flags of a JVM that is a rehearsal: at its end it writes what it has seen. What the
   * compilers learn of the code that runs (JEP 515) is not kept: they would compile more at each
   * start than that saves, 230 ms of processor time instead of 170 until a worker has its first
   * result.
   */
  public static List<String> recordingFlags(Path record) {
    return List.of(
        "-XX:AOTMode=record",
        "-XX:AOTConfiguration=" + record,
        "-XX:+UnlockDiagnosticVMOptions",
        "-XX:-AOTRecordTraining",
        "-Xlog:disable",
        "-Xlog:all=off:stdout");
  }

  /** Whether the file is there, and was made of just these jars by this JDK. */
  public boolean isFresh(List<Path> classPath) {
    try {
      return Files.isRegularFile(file) && Files.readString(source()).equals(signature(classPath));
    } catch (IOException e) {
      return false;
    }
  }

  /** Removes it. */
  public void delete() throws IOException {
    Files.deleteIfExists(source());
    Files.deleteIfExists(file);
  }

  private Path source() {
    return file.resolveSibling(file.getFileName() + ".of");
  }

  private static String signature(List<Path> classPath) {
    return classPath.stream()
        .map(Path::toFile)
        .map(jar -> "%s %d %d%n".formatted(jar, jar.length(), jar.lastModified()))
        .collect(
            Collectors.joining(
                "", System.getProperty("java.vm.version") + System.lineSeparator(), ""));
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
   * @param more flags of the rehearsal alone
   * @param main the main class of the rehearsal, and its arguments
   * @return whether it is there then
   */
  public boolean make(
      Path java, List<String> flags, List<Path> classPath, List<String> more, List<String> main)
      throws IOException, InterruptedException {
    Path record = Files.createTempFile(file.toAbsolutePath().getParent(), "start", ".tmp");
    try {
      List<String> all =
          Stream.of(recordingFlags(record), flags, more).flatMap(List::stream).toList();
      return make(java, flags, classPath, record, () -> run(command(java, all, classPath, main)));
    } finally {
      Files.deleteIfExists(record);
    }
  }

  /** A rehearsal in JVMs that have {@link #recordingFlags}. */
  public interface Rehearsal {
    /** Runs to the end of these JVMs. */
    void run() throws IOException, InterruptedException;
  }

  /**
   * Makes it anew of what a rehearsal has seen. Whoever starts meanwhile finds no cache, or the
   * whole new one.
   *
   * @param flags those that the JVMs of the rehearsal have
   * @param record the file that they write
   * @return whether it is there then
   */
  public boolean make(
      Path java, List<String> flags, List<Path> classPath, Path record, Rehearsal rehearsal)
      throws IOException, InterruptedException {
    Path folder = file.toAbsolutePath().getParent();
    Path made = Files.createTempFile(folder, "start", ".tmp");
    Path of = Files.createTempFile(folder, "start", ".tmp");
    try {
      delete();
      Files.writeString(of, signature(classPath));
      rehearsal.run();
      List<String> all = new ArrayList<>();
      all.add("-XX:AOTMode=create");
      all.add("-XX:AOTConfiguration=" + record);
      all.add("-XX:AOTCache=" + made);
      all.add("-Xlog:disable");
      all.addAll(flags);
      boolean isMade =
          run(command(java, all, classPath, List.of()))
              && Files.size(made) > 0
              // Else a jar has changed meanwhile, and some classes may be of the old one.
              && Files.readString(of).equals(signature(classPath));
      if (isMade) {
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        Files.move(of, source(), StandardCopyOption.ATOMIC_MOVE);
      }
      return isMade;
    } finally {
      Files.deleteIfExists(made);
      Files.deleteIfExists(of);
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
