package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.worker.TaskFailedException;
import dev.trestle.worker.TaskTimeoutException;
import dev.trestle.worker.WorkerLostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Stack traces begin with the line of whoever made the call, or of the task. */
@Timeout(60)
class CallersFramesTest extends WithWorkers {
  private static int fails(int n) {
    return 1 / n;
  }

  private static void assertFirst(String method, Throwable thrown) {
    StackTraceElement first = thrown.getStackTrace()[0];
    assertEquals(CallersFramesTest.class.getName(), first.getClassName(), first.toString());
    assertTrue(first.getMethodName().contains(method), first.toString());
  }

  private static List<String> workersFrames(Throwable thrown) {
    return Arrays.stream(thrown.getStackTrace())
        .map(StackTraceElement::toString)
        .filter(frame -> frame.contains("dev.trestle.worker.") || frame.contains("PooledWorkers"))
        .toList();
  }

  @Test
  void anInterruptedMapShowsTheCallersLineFirst() {
    Thread.currentThread().interrupt();
    var cancelled =
        assertThrows(CancellationException.class, () -> workers.map(List.of(1), n -> n));
    assertTrue(Thread.interrupted());
    assertFirst("anInterruptedMapShowsTheCallersLineFirst", cancelled);
  }

  @Test
  void anInterruptedImapShowsTheCallersLineFirst() {
    try (Results<Integer> results =
        workers.imap(
            Stream.iterate(1, n -> n + 1),
            n -> {
              Thread.sleep(10_000);
              return n;
            })) {
      Thread.currentThread().interrupt();
      assertFirst(
          "anInterruptedImapShowsTheCallersLineFirst",
          assertThrows(CancellationException.class, () -> results.next()));
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void aFailedMapShowsTheTasksLinesThenTheCallers() {
    var failed =
        assertThrows(TaskFailedException.class, () -> workers.map(List.of(0), n -> fails(n)));
    assertFirst("fails", failed);
    assertTrue(
        Arrays.stream(failed.getStackTrace())
            .anyMatch(frame ->
                frame.getMethodName().contains("aFailedMapShowsTheTasksLinesThenTheCallers")));
    assertEquals(List.of(), workersFrames(failed));
    assertInstanceOf(ArithmeticException.class, failed.getCause());
  }

  @Test
  void aFailedSubmitShowsTheTasksLinesThenWhoSubmittedIt() {
    var submitted = workers.submit(0, n -> fails(n));
    Throwable failed = assertThrows(CompletionException.class, submitted::join).getCause();
    assertInstanceOf(TaskFailedException.class, failed);
    assertFirst("fails", failed);
    assertTrue(
        Arrays.stream(failed.getStackTrace())
            .anyMatch(frame ->
                frame.getMethodName().equals("aFailedSubmitShowsTheTasksLinesThenWhoSubmittedIt")));
    assertEquals(List.of(), workersFrames(failed));
    assertInstanceOf(ArithmeticException.class, failed.getCause());
  }

  @Test
  void aCallThatLostItsWorkerShowsTheCallersLineFirst() {
    var lost =
        assertThrows(
            WorkerLostException.class,
            () ->
                workers
                    .retries(0)
                    .map(
                        List.of(1),
                        n -> {
                          Runtime.getRuntime().halt(19);
                          return n;
                        }));
    assertFirst("aCallThatLostItsWorkerShowsTheCallersLineFirst", lost);
  }

  @Test
  void aCallThatTookTooLongShowsTheCallersLineFirst() {
    var late =
        assertThrows(
            TaskTimeoutException.class,
            () ->
                workers
                    .timeout(Duration.ofMillis(100))
                    .retries(0)
                    .map(
                        List.of(1),
                        n -> {
                          Thread.sleep(30_000);
                          return n;
                        }));
    assertFirst("aCallThatTookTooLongShowsTheCallersLineFirst", late);
  }
}
