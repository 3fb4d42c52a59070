package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the JVM keeps of a rehearsed start helps workers, and nothing about it can hinder them. */
@Tag("slow")
@Timeout(240)
class WorkerCacheTest {
  private static final String CACHED = "6 cached";
  private static final String UNCACHED = "6 uncached";

  @TempDir private static Path shared;
  private static Path made;
  private static List<Path> jars;

  @TempDir private Path folder;
  private Path caches;

  @BeforeAll
  static void makeOne() throws Exception {
    jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (entry.isEmpty()) {
        continue;
      }
      Path path = Path.of(entry).toAbsolutePath();
      jars.add(Files.isDirectory(path) ? jar(path) : path);
    }
    made = shared.resolve("made");
    assertEquals("true", run(made, "prepare"));
  }

  private static Path jar(Path classes) {
    Path jar = shared.resolve("classes-" + classes.getFileName() + ".jar");
    ToolProvider.findFirst("jar")
        .orElseThrow()
        .run(System.out, System.err, "-cf", jar.toString(), "-C", classes.toString(), ".");
    return jar;
  }

  /** What a child prints, on both its outputs. */
  private static String run(Path caches, Object... arguments) throws Exception {
    return run(jars, caches, arguments);
  }

  private static String run(List<Path> classPath, Path caches, Object... arguments)
      throws Exception {
    String joined =
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    try (var child =
        new ChildJvm(
            List.of("-Dtrestle.start=" + caches, "--enable-native-access=ALL-UNNAMED"),
            joined,
            StartCommands.class,
            arguments)) {
      List<String> lines = new ArrayList<>();
      for (String line = child.hear(); line != null; line = child.hear()) {
        lines.add(line);
      }
      return String.join("\n", lines);
    }
  }

  @BeforeEach
  void copyIt() throws IOException {
    caches = Files.createDirectory(folder.resolve("caches"), ownerOnly());
    for (Path file : files(made)) {
      Files.copy(file, caches.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  private static FileAttribute<?> ownerOnly() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static Path only(Path folder, String suffix) throws IOException {
    List<Path> found =
        files(folder).stream().filter(file -> file.toString().endsWith(suffix)).toList();
    assertEquals(1, found.size(), found.toString());
    return found.getFirst();
  }

  private String work() throws Exception {
    return run(caches, "work", folder.resolve("store"));
  }

  @Test
  void workersThatAreThreadsMakeNone() throws Exception {
    Path none = folder.resolve("none");
    assertEquals("[6]", run(none, "threads", folder.resolve("store")));
    assertTrue(Files.notExists(none));
  }

  @Test
  void workersUseTheCacheAndSayNothingOfIt() throws Exception {
    assertEquals(CACHED, work());
  }

  @Test
  void theCacheFolderIsTheUsersAlone() throws IOException {
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made)));
    assertEquals(
        List.of(".aot", ".aot.of", ".flags", "lock"),
        files(made).stream()
            .map(file -> file.getFileName().toString().replaceFirst("^[^.]*(?=[.])", ""))
            .sorted()
            .toList());
  }

  @Test
  void aFolderThatIsOpenToOthersIsNotUsed() throws Exception {
    Files.setPosixFilePermissions(caches, PosixFilePermissions.fromString("rwxrwx---"));
    assertEquals(UNCACHED, work());
  }

  @Test
  void aFolderThatCannotBeMadeIsNoReasonToFail() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertEquals(UNCACHED, run(file.resolve("caches"), "work", folder.resolve("store")));
    assertEquals("false", run(file.resolve("caches"), "prepare"));
  }

  @Test
  void aDamagedCacheIsNoReasonToFailOrToSayAnything() throws Exception {
    Path cache = only(caches, ".aot");
    try (var file = new RandomAccessFile(cache.toFile(), "rw")) {
      file.setLength(file.length() / 2);
    }
    assertEquals(UNCACHED, work());
    Files.write(cache, new byte[100_000]);
    assertEquals(UNCACHED, work());
  }

  @Test
  void aChangedJarIsNoticedAndHasANewCacheInPlaceOfTheOld() throws Exception {
    List<Path> changed = new ArrayList<>(jars);
    Path own = Files.copy(changed.removeFirst(), folder.resolve("own.jar"));
    changed.addFirst(own);
    Path fresh = folder.resolve("fresh");
    assertEquals("true", run(changed, fresh, "prepare"));
    Path cache = only(fresh, ".aot");
    Files.setLastModifiedTime(own, FileTime.fromMillis(1_000_000));
    assertEquals(UNCACHED, run(changed, fresh, "work", folder.resolve("store")));
    assertEquals("true", run(changed, fresh, "prepare"));
    assertEquals(cache, only(fresh, ".aot"));
    assertEquals(CACHED, run(changed, fresh, "work", folder.resolve("store")));
  }

  @Test
  void theFirstWorkersHaveItMadeAndOthersMayDoSoAtTheSameTime() throws Exception {
    Path fresh = folder.resolve("fresh");
    List<Path> stores = List.of(folder.resolve("a"), folder.resolve("b"));
    List<String> answers =
        stores.parallelStream()
            .map(store -> {
              try {
                return run(fresh, "work", store) + run(fresh, "prepare");
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            })
            .toList();
    assertEquals(List.of(UNCACHED + "true", UNCACHED + "true"), answers);
    only(fresh, ".aot");
    assertEquals(CACHED, run(fresh, "work", folder.resolve("store")));
  }

  @Test
  void foldersOnTheClassPathRuleItOut() throws Exception {
    List<Path> more = new ArrayList<>(jars);
    more.add(folder);
    assertEquals("false", run(more, caches, "prepare"));
    assertEquals(UNCACHED, run(more, caches, "work", folder.resolve("store")));
  }

  @Test
  void tablesawReadsFilesInAWorkerThatDidNotSearchTheClassPath() throws Exception {
    Files.writeString(folder.resolve("t.csv"), "a,b\n1,2\n3,4\n");
    assertEquals("[3, 2, true]", run(caches, "read", folder.resolve("store")));
  }
}
