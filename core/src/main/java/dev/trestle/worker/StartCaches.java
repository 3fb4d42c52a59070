package dev.trestle.worker;

import dev.trestle.start.BackgroundJvm;
import dev.trestle.start.StartCache;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The start caches of this user's workers, one for each class path and JDK.
 *
 * <p>The one that is missing is made by a process of its own, which goes on when this JVM ends:
 * also a script that is over in a second leaves a cache for the next one. Whatever goes wrong,
 * workers start without. Safe for use by several threads and processes.
 *
 * @param folder of this user alone: what lies there becomes code in the workers
 * @param rehearsal its main method calls {@link #make}
 */
public record StartCaches(Path folder, Class<?> rehearsal) {
  /** Where the workers of this JVM, which is a rehearsal, write down what they have seen. */
  private static final String RECORD_PROPERTY = "trestle.start.record";

  private static final String CACHE = ".aot";

  /** What the rehearsal found out besides, one flag a line. */
  private static final String FLAGS = ".flags";

  private static final String FAILED = ".failed";
  private static final String LOCK = "lock";

  /** A rehearsal that failed, perhaps for want of room on the disk, is tried again after this. */
  private static final Duration RETRY = Duration.ofDays(1);

  /** How many caches of several class paths are kept, and how long if they are not used. */
  private static final int KEPT = 8;

  private static final Duration UNUSED = Duration.ofDays(30);

  /** The user's first results come before anything that only later starts gain from. */
  private static final Duration DELAY = Duration.ofSeconds(1);

  private static final Set<Path> BEGUN = ConcurrentHashMap.newKeySet();

  /** Whether this JVM's workers are recorded. */
  static boolean isRehearsal() {
    return System.getProperty(RECORD_PROPERTY) != null;
  }

  /** What a worker that is started now is given; nothing without caches. */
  static List<String> flagsOf(@Nullable StartCaches caches) {
    return caches == null ? List.of() : caches.flags();
  }

  private List<String> flags() {
    String record = System.getProperty(RECORD_PROPERTY);
    StartCache cache = cache();
    List<String> flags = new ArrayList<>();
    if (record != null) {
      flags.addAll(StartCache.recordingFlags(Path.of(record)));
    } else if (cache.isFresh(classPath())) {
      touch(cache.file());
      flags.addAll(cache.flags());
      // Where it was made to lie: the workers share its pages, which else each would adapt.
      flags.add("-XX:+UnlockDiagnosticVMOptions");
      flags.add("-XX:ArchiveRelocationMode=0");
    } else {
      return List.of();
    }
    try {
      flags.addAll(Files.readAllLines(file(FLAGS)));
    } catch (IOException e) {
      // then they find out for themselves
    }
    return flags;
  }

  /** Sees to it that the cache is made if it is missing; returns at once. */
  void makeLater() {
    if (!isRehearsal() && isMissing() && BEGUN.add(cache().file())) {
      Thread.ofPlatform()
          .daemon()
          .name("trestle-rehearsal")
          .start(() -> {
            try {
              Thread.sleep(DELAY);
              launch();
            } catch (IOException | InterruptedException e) {
              // the next JVM with workers tries it again
            }
          });
    }
  }

  /**
   * Sees to it that the cache is there, which takes some seconds if it is missing.
   *
   * @return whether it is there; it cannot be if the class path has folders
   */
  public boolean makeNow() throws InterruptedException {
    try {
      Files.deleteIfExists(file(FAILED));
      if (isMissing()) {
        launch().waitFor();
      }
    } catch (IOException e) {
      return false;
    }
    return cache().isFresh(classPath());
  }

  /**
   * Makes the cache, in a process that was launched for that.
   *
   * @param findings gives system properties for all workers that have this class path
   * @param workload is given a folder for a store, which is not there yet; starts workers and lets
   *     them do what most workers do
   */
  public void make(Supplier<Map<String, String>> findings, Consumer<Path> workload)
      throws IOException, InterruptedException {
    try (var lock =
            FileChannel.open(
                folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = lock.lock()) {
      if (isMissing()) { // nobody else has made it meanwhile
        removeLeft();
        Path scratch = Files.createTempDirectory(folder, "rehearsal");
        try {
          rehearse(findings, workload, scratch);
        } finally {
          removeLeft();
        }
        removeOld();
      }
    }
  }

  private void rehearse(
      Supplier<Map<String, String>> findings, Consumer<Path> workload, Path scratch)
      throws IOException, InterruptedException {
    Path record = scratch.resolve("record");
    System.setProperty(RECORD_PROPERTY, record.toString());
    // First, as this process may be killed.
    Files.writeString(file(FAILED), "");
    List<String> found =
        findings.get().entrySet().stream()
            .map(property -> "-D" + property.getKey() + "=" + property.getValue())
            .toList();
    Files.write(scratch.resolve(FLAGS), found);
    Files.move(scratch.resolve(FLAGS), file(FLAGS), StandardCopyOption.ATOMIC_MOVE);
    boolean isMade =
        cache()
            .make(
                WorkerCommand.java(),
                WorkerCommand.forOneOf(1, Map.of(), List.of()).flags(),
                classPath(),
                record,
                () -> workload.accept(scratch.resolve("store")));
    if (isMade) {
      Files.deleteIfExists(file(FAILED));
    }
  }

  /** Starts the process that makes the cache. */
  private Process launch() throws IOException {
    return BackgroundJvm.of(
            WorkerCommand.java(),
            List.of(
                "-XX:-UsePerfData",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                String.join(File.pathSeparator, WorkerCommand.firstClassPath()),
                rehearsal.getName(),
                folder.toString()))
        .directory(folder.toFile())
        .start();
  }

  private boolean isMissing() {
    List<Path> classPath = classPath();
    return StartCache.isPossible(classPath)
        && Files.isWritable(folder)
        && !cache().isFresh(classPath())
        && age(file(FAILED)).compareTo(RETRY) > 0;
  }

  private static List<Path> classPath() {
    return WorkerCommand.firstClassPath().stream().map(Path::of).toList();
  }

  private StartCache cache() {
    return new StartCache(file(CACHE));
  }

  /** One name for each JDK and list of paths: the cache of a changed jar replaces the former. */
  private Path file(String suffix) {
    var sum = new CRC32();
    String place = WorkerCommand.java() + String.join(" ", WorkerCommand.firstClassPath());
    sum.update(place.getBytes(StandardCharsets.UTF_8));
    return folder.resolve("%08x".formatted(sum.getValue()) + suffix);
  }

  /** What a process that was killed has left; under the lock. */
  private void removeLeft() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        String name = entry.getFileName().toString();
        if (name.startsWith("rehearsal") || name.endsWith(".tmp")) {
          try (Stream<Path> tree = Files.walk(entry)) {
            for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
              Files.deleteIfExists(each);
            }
          }
        }
      }
    }
  }

  /** What nobody has used for long, and all but the few used last; under the lock. */
  private void removeOld() throws IOException {
    List<Path> caches;
    try (Stream<Path> entries = Files.list(folder)) {
      caches =
          entries
              .filter(file -> file.toString().endsWith(CACHE))
              .sorted(Comparator.comparing(StartCaches::age))
              .toList();
    }
    for (int i = 0; i < caches.size(); i++) {
      Path cache = caches.get(i);
      if (i >= KEPT || age(cache).compareTo(UNUSED) > 0) {
        new StartCache(cache).delete();
        String name = cache.getFileName().toString();
        Files.deleteIfExists(cache.resolveSibling(name.replace(CACHE, FLAGS)));
      }
    }
  }

  private static Duration age(Path file) {
    try {
      return Duration.between(Files.getLastModifiedTime(file).toInstant(), Instant.now());
    } catch (IOException e) {
      return Duration.ofDays(10_000); // it is not there
    }
  }

  private static void touch(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException e) {
      // then it is made again some day
    }
  }
}
