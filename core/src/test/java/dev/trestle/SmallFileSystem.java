package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A tmpfs of a few MiB, of which a test can take all but some room. */
public final class SmallFileSystem implements AutoCloseable {
  private static final int PAGE = 4096;

  private final Path path;
  private final Path fill;

  private SmallFileSystem(Path path) {
    this.path = path;
    this.fill = path.resolve("fill");
  }

  /** Mounts one on an empty folder; the test is left out where this user may not. */
  public static SmallFileSystem mount(Path folder, int mebibytes) throws Exception {
    return mount(folder, "size=%dm,mode=700".formatted(mebibytes));
  }

  /** The same, with so many inodes. */
  public static SmallFileSystem mount(Path folder, int mebibytes, int inodes) throws Exception {
    return mount(folder, "size=%dm,nr_inodes=%d,mode=700".formatted(mebibytes, inodes));
  }

  private static SmallFileSystem mount(Path folder, String options) throws Exception {
    Files.createDirectories(folder);
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", options, "tmpfs", "" + folder) == 0,
        "this user may not mount a file system");
    return new SmallFileSystem(folder);
  }

  public Path path() {
    return path;
  }

  /** Leaves so many pages. */
  public void takePages(int room) throws IOException {
    long free = Files.getFileStore(path).getUsableSpace();
    long taken = Math.max(0, free - (long) room * PAGE);
    Files.write(file("pages" + free), new byte[Math.toIntExact(taken)]);
  }

  /** Leaves so many inodes. */
  public void takeInodes(int room) throws IOException {
    List<Path> taken = new ArrayList<>();
    try {
      while (true) {
        taken.add(Files.createFile(file("inode" + taken.size())));
      }
    } catch (IOException e) {
      assertTrue(e.getMessage().contains("No space left"), e.getMessage());
    }
    for (Path file : taken.subList(0, Math.min(room, taken.size()))) {
      Files.delete(file);
    }
  }

  private Path file(String name) throws IOException {
    return Files.createDirectories(fill).resolve(name);
  }

  /** Gives back what was taken. */
  public void clear() throws IOException {
    if (Files.exists(fill)) {
      try (var files = Files.list(fill)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(fill);
    }
  }

  /** Unmounts it; tables in it may still be mapped. */
  @Override
  public void close() throws Exception {
    run("umount", "--lazy", path.toString());
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
