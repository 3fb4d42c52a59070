package dev.trestle.kernel;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What the JVM keeps of a rehearsed start (JEP 483 and 514), beside the kernel's jar: a kernel that
 * starts with it needs about 60% of the processor time. It is a help and never a condition: the JVM
 * ignores a file that is missing, or that was made of other jars or by another JVM.
 *
 * @param file the cache
 */
record StartCache(Path file) {
  private static final long PATIENCE = 180; // seconds

  /** The cache of a kernel with that class path. */
  static StartCache of(List<Path> classPath) {
    Path first = classPath.isEmpty() ? Path.of("") : classPath.getFirst().toAbsolutePath();
    return new StartCache(first.resolveSibling("trestle-kernel.aot"));
  }

  /** The flags of a JVM that uses it, if it is of use, and says nothing if it is not. */
  List<String> flags() {
    return List.of("-XX:AOTCache=" + file, "-Xlog:aot*=off", "-Xlog:cds*=off");
  }

  /** Whether it is there and not older than what it was made of. */
  boolean isFresh(List<Path> classPath) throws IOException {
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
  static boolean isPossible(List<Path> classPath) {
    return !classPath.isEmpty() && classPath.stream().noneMatch(Files::isDirectory);
  }

  /**
   * Makes it anew by starting a kernel that runs a few cells; returns whether it is there then.
   *
   * @param java the command
   * @param flags those that kernels start with
   */
  boolean make(Path java, List<String> flags, List<Path> classPath)
      throws IOException, InterruptedException {
    Files.deleteIfExists(file);
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.add("-XX:AOTCacheOutput=" + file);
    command.add("-Xlog:disable");
    command.addAll(flags);
    command.add("-cp");
    command.add(
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    command.add(TrestleKernel.class.getName());
    command.add(TrestleKernel.REHEARSAL);
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start();
    if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    return Files.isRegularFile(file);
  }
}
