package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.worker.WorkerLostException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How workers start, and what happens when they cannot. */
@Tag("slow")
@Timeout(60)
class WorkerStartTest {
  private static final String JAVA_HOME = System.getProperty("java.home");
  private static final String PATIENCE = "trestle.worker.patience";

  @TempDir Path folder;

  @AfterEach
  void restore() {
    System.setProperty("java.home", JAVA_HOME);
    System.clearProperty(PATIENCE);
  }

  /** A Java that does what the shell script says. */
  private void fakeJava(String script) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
    Path java = Files.writeString(bin.resolve("java"), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    System.setProperty("java.home", folder.resolve("jdk").toString());
  }

  /** Kills all workers there are. */
  static void end(Workers workers) {
    for (long pid : workers.pids()) {
      ProcessHandle worker = ProcessHandle.of(pid).orElseThrow();
      worker.destroyForcibly();
      worker.onExit().join();
    }
  }

  @Test
  void aWorkerThatHangsAtItsStartIsGivenUp() throws Exception {
    fakeJava("echo waiting for Godot; exec sleep 1000");
    System.setProperty(PATIENCE, "1");
    try (Store store = Store.open(folder.resolve("store"))) {
      var lost = assertThrows(WorkerLostException.class, () -> store.workers(1));
      assertTrue(lost.getMessage().contains("no answer within 1 s"), lost.getMessage());
      assertTrue(lost.getMessage().contains("waiting for Godot"), lost.getMessage());
    }
  }

  @Test
  void aMissingJavaIsNamed() {
    System.setProperty("java.home", folder.resolve("nowhere").toString());
    try (Store store = Store.open(folder.resolve("store"))) {
      var lost = assertThrows(WorkerLostException.class, () -> store.workers(2));
      assertTrue(lost.getMessage().contains("nowhere/bin/java"), lost.getMessage());
    }
  }

  /** The jars that this process has open. */
  private static String openJars() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors
          .map(WorkerStartTest::target)
          .filter(target -> target.endsWith(".jar"))
          .collect(Collectors.joining(" "));
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return ""; // the folder's own
    }
  }

  @Test
  void aFirstResultNeedsNoSearchOfTheWholeClassPath() {
    String[] classPath = System.getProperty("java.class.path").split(File.pathSeparator);
    String last = classPath[classPath.length - 1];
    try (Store store = Store.open(folder.resolve("store"));
        Workers workers = store.workers(1)) {
      String open = workers.map(List.of("open:"), text -> text + openJars()).getFirst();
      assertTrue(open.startsWith("open:"), open);
      assertFalse(open.contains(last), open);
    }
  }

  @Test
  void thePoolIsWholeAgainWhenWorkersCanBeStartedAgain() throws Exception {
    try (Store store = Store.open(folder.resolve("store"));
        Workers workers = store.workers(2)) {
      fakeJava("echo no room; exit 7");
      end(workers);
      var lost = assertThrows(WorkerLostException.class, () -> workers.map(List.of(1, 2), i -> i));
      assertTrue(lost.getMessage().contains("no room"), lost.getMessage());
      System.setProperty("java.home", JAVA_HOME);
      NothingLeft.await(() -> workers.pids().size() == 2);
      assertEquals(List.of(1, 2), workers.map(List.of(1, 2), i -> i));
      assertEquals(2, workers.pids().size());
    }
  }

  @Test
  void aStoreWithALongPathOrAColonInItHasWorkersToo() {
    Path deep = folder.resolve("a:b").resolve("long".repeat(40));
    try (Store store = Store.open(deep);
        Workers workers = store.workers(1)) {
      SharedTable table = store.share("t", Tables.everyType(5, 5));
      assertEquals(List.of(5L), workers.map(List.of(1), i -> table.rowCount()));
      assertEquals(
          List.of(3),
          workers.map(List.of(3), n -> Tables.everyType(n, n)).stream()
              .map(each -> each.rowCount())
              .toList());
    }
  }

  @Test
  void theInitializerRunsOnceInEachWorker() {
    WorkerSettings settings =
        WorkerSettings.of(2).initializer(() -> System.setProperty("prepared", "yes"));
    try (Store store = Store.open(folder.resolve("store"));
        Workers workers = store.workers(settings)) {
      assertEquals(
          List.of("yes", "yes"), workers.map(List.of(1, 2), i -> System.getProperty("prepared")));
      end(workers);
      assertEquals(List.of("yes"), workers.map(List.of(1), i -> System.getProperty("prepared")));
    }
  }

  @Test
  void whatTheInitializerThrowsIsTold() {
    WorkerSettings settings =
        WorkerSettings.of(1)
            .initializer(() -> {
              throw new IllegalStateException("no model");
            });
    try (Store store = Store.open(folder.resolve("store"))) {
      var lost = assertThrows(WorkerLostException.class, () -> store.workers(settings));
      assertTrue(lost.getMessage().contains("no model"), lost.getMessage());
    }
  }

  @Test
  void aWorkerKeepsItsStateFromTaskToTask() {
    try (Store store = Store.open(folder.resolve("store"));
        Workers workers = store.workers(1)) {
      Task<Integer, Integer> count = i -> ++Workers.state("count", () -> new int[1])[0];
      assertEquals(List.of(1, 2, 3), workers.map(List.of(0, 0, 0), count));
      assertEquals(List.of(4), workers.map(List.of(0), count));
    }
  }

  @Test
  void aWorkerIsReplacedAfterAsManyTasksAsItMayRun() {
    try (Store store = Store.open(folder.resolve("store"));
        Workers workers = store.workers(WorkerSettings.of(1).recycleAfter(3))) {
      List<Long> pids =
          workers.chunk(1).map(List.of(1, 2, 3, 4, 5, 6), i -> ProcessHandle.current().pid());
      assertEquals(2, Set.copyOf(pids).size(), pids.toString());
      assertEquals(1, Set.copyOf(pids.subList(0, 3)).size(), pids.toString());
    }
  }

  @Test
  void anIdleWorkerEndsAndComesBackWhenThereIsWork() {
    try (Store store = Store.open(folder.resolve("store"));
        Workers workers = store.workers(WorkerSettings.of(2).idleAfter(Duration.ofMillis(200)))) {
      NothingLeft.await(() -> workers.pids().isEmpty());
      assertEquals(List.of(), workers.pids());
      assertEquals(2, workers.size());
      assertEquals(List.of(1, 2, 3), workers.map(List.of(1, 2, 3), i -> i));
    }
  }

  @Test
  void aPoolGrowsAndShrinks() {
    try (Store store = Store.open(folder.resolve("store"));
        Workers workers = store.workers(1)) {
      workers.resize(3);
      assertEquals(3, workers.pids().size());
      workers.resize(1);
      NothingLeft.await(() -> workers.pids().size() == 1);
      assertEquals(1, workers.pids().size());
      assertEquals(List.of(1, 2, 3), workers.map(List.of(1, 2, 3), i -> i));
    }
  }
}
