package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Two workers on a store of their own, and the proof that both leave nothing. */
abstract class WithWorkers {
  @TempDir static Path folder;
  static Store store;
  static Workers workers;

  @BeforeAll
  static void start() {
    store = Store.open(folder.resolve("store"));
    workers = store.workers(2);
  }

  /** For classes whose cases hold for workers that are threads of this JVM too. */
  static void startInProcess() {
    store = Store.open(folder.resolve("store"));
    workers = store.workersInProcess(WorkerSettings.of(2));
  }

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
    NothingLeft.await(() -> Unfinished.in(folder.resolve("store")).isEmpty());
    assertEquals(List.of(), Unfinished.in(folder.resolve("store")));
  }
}
