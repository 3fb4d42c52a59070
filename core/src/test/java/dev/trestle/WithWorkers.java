package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Two workers on a store of their own, and the proof that both leave nothing. */
abstract class WithWorkers {
  @TempDir static Path folder;
  static Store store;
  static Workers workers;

  @BeforeAll
  static void start(TestInfo test) {
    store = Store.open(folder.resolve("store"));
    boolean inProcess = test.getTestClass().orElseThrow().isAnnotationPresent(InProcess.class);
    workers = inProcess ? store.workersInProcess(WorkerSettings.of(2)) : store.workers(2);
  }

  /** Marks classes whose workers are threads of this JVM. */
  @Retention(RetentionPolicy.RUNTIME)
  @interface InProcess {}

  @AfterAll
  static void stop() throws Exception {
    List<Long> pids = workers.pids();
    workers.close();
    for (long pid : pids) {
      assertFalse(
          pid != ProcessHandle.current().pid()
              && ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
    }
    store.close();
    try (var left = Files.list(folder.resolve("store"))) {
      assertEquals(List.of(), left.toList());
    }
  }

  /** Files of jobs that were running when their call failed go when those jobs have ended. */
  static void assertNoParts() {
    var found = new AtomicReference<>(parts());
    // What is judged is the last look itself: a job that still runs may begin one more file.
    NothingLeft.await(() -> found.updateAndGet(last -> parts()).isEmpty());
    assertEquals(List.of(), found.get());
  }

  /** Without what the pool keeps for later calls. */
  private static List<String> parts() {
    return Unfinished.in(folder.resolve("store")).stream()
        .filter(name -> !name.contains(".pool"))
        .toList();
  }
}
