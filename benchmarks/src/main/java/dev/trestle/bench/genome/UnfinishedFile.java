package dev.trestle.bench.genome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that gets its name only when it is complete. Until then it is a hidden neighbour of the
 * target, removed when closed or when the JVM ends, Ctrl-C included.
 */
final class UnfinishedFile implements AutoCloseable {
  private final Path target;
  private final Path path;

  UnfinishedFile(Path target) {
    this.target = target;
    long pid = ProcessHandle.current().pid(); // two runs may share a folder
    this.path = target.resolveSibling("." + target.getFileName() + "." + pid + ".part");
    path.toFile().deleteOnExit();
  }

  /** Where to write. */
  Path path() {
    return path;
  }

  /** Gives the complete file its name, in place of any older one. */
  void finish() throws IOException {
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
  }
}
