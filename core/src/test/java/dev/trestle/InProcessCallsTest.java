package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.worker.TaskFailedException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The calls of {@link WorkerCallsTest}, on workers that are threads of this JVM. */
@WithWorkers.InProcess
class InProcessCallsTest extends WorkerCallsTest {
  @Test
  @Override
  void workersUsedInsideATaskAreRefusedWithAnExplanation() {
    var refused =
        assertThrows(
            TaskFailedException.class,
            () -> workers.map(List.of(1), i -> workers.map(List.of(i), n -> n)));
    assertInstanceOf(IllegalStateException.class, refused.getCause());
    assertTrue(refused.getMessage().contains("cannot use them itself"), refused.getMessage());
  }

  @Test
  void argumentsAndResultsAreNotCopied() {
    var unsendable = new Object();
    assertSame(unsendable, workers.map(List.of(unsendable), same -> same).getFirst());
    var failure = new IllegalStateException("this one");
    var failed =
        assertThrows(
            TaskFailedException.class,
            () ->
                workers.map(
                    List.of(1),
                    i -> {
                      throw failure;
                    }));
    assertSame(failure, failed.getCause());
  }

  @Test
  void theProcessOfAllWorkersIsThisOne() {
    long self = ProcessHandle.current().pid();
    assertEquals(List.of(self), workers.pids());
    assertEquals(List.of(self), workers.map(List.of(1), i -> ProcessHandle.current().pid()));
    assertEquals(1, store.memory().processes().size());
  }
}
