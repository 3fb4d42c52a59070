package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of a kernel, as by the kernel's own memory limit. */
@Tag("slow")
class KernelKillTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Test
  void itsWorkersEndInMidLoopAndTheNextKernelSweepsItsTables(@TempDir Path folder)
      throws Exception {
    List<ProcessHandle> workers;
    try (KernelClient kernel = KernelClient.start(folder)) {
      kernel.run("import tech.tablesaw.api.*;");
      kernel.run("Trestle.share(\"left-behind\", Table.create(IntColumn.create(\"n\", 1)));");
      kernel.run("%workers 2");
      workers = kernel.process().children().toList();
      assertEquals(2, workers.size());
      kernel.execute("workers().map(List.of(1, 2), n -> { while (true) { } });");
      awaitWork(workers);
      kernel.process().destroyForcibly().waitFor();
      for (ProcessHandle worker : workers) {
        worker.onExit().orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
      }
    }
    try (KernelClient next = KernelClient.start(folder)) {
      assertEquals("[]", next.run("Trestle.store().tables()").result());
    }
  }

  /** Waits until both have used a second of a processor. */
  private static void awaitWork(List<ProcessHandle> workers) throws InterruptedException {
    long end = System.nanoTime() + 3 * PATIENCE.toNanos();
    while (!workers.stream().allMatch(KernelKillTest::hasWorked) && System.nanoTime() < end) {
      Thread.sleep(50);
    }
    assertTrue(workers.stream().allMatch(KernelKillTest::hasWorked));
  }

  private static boolean hasWorked(ProcessHandle worker) {
    return worker.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() > 1000;
  }
}
