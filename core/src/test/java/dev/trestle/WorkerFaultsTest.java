package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.worker.TaskFailedException;
import dev.trestle.worker.WorkerLostException;
import java.io.ObjectInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks that throw, workers that die, calls that are interrupted, pools that are closed. */
@Timeout(60)
class WorkerFaultsTest extends WithWorkers {
  private static final class Unsendable extends RuntimeException {
    final Object field = new Object();

    Unsendable() {
      super("with a field", new IllegalStateException("inner"));
    }
  }

  private static final class Unreadable extends RuntimeException {
    private void readObject(ObjectInputStream in) {
      throw new IllegalStateException("not here");
    }
  }

  private static Set<Long> children() {
    return Set.copyOf(ProcessHandle.current().children().map(ProcessHandle::pid).toList());
  }

  @Test
  void theTasksExceptionArrivesWithTheWorkersFrames() {
    var failed =
        assertThrows(
            TaskFailedException.class,
            () ->
                workers.map(
                    List.of(1, 0),
                    i -> {
                      return 1 / i;
                    }));
    assertInstanceOf(ArithmeticException.class, failed.getCause());
    assertTrue(failed.getMessage().contains("task 2 of 2"), failed.getMessage());
    assertTrue(
        failed.getStackTrace()[0].getClassName().contains("WorkerFaultsTest"),
        "the task's frame comes first");
    assertTrue(
        Arrays.stream(failed.getStackTrace())
            .anyMatch(frame ->
                frame.getMethodName().equals("theTasksExceptionArrivesWithTheWorkersFrames")),
        "then the caller's");
    assertEquals(List.of(2), workers.map(List.of(1), i -> i + 1));
  }

  @Test
  void anExceptionThatCannotBeSentIsDescribed() {
    var failed =
        assertThrows(
            TaskFailedException.class,
            () ->
                workers.map(
                    List.of(1),
                    i -> {
                      throw new Unsendable();
                    }));
    assertTrue(failed.getMessage().contains("Unsendable: with a field"), failed.getMessage());
    assertTrue(failed.getCause().getCause().toString().contains("inner"));
  }

  @Test
  void theTaskOfAKilledWorkerIsRunAgain() throws Exception {
    Path marker = folder.resolve("killed-once");
    String path = marker.toString();
    List<Integer> results =
        workers.map(
            IntStream.range(0, 20).boxed().toList(),
            i -> {
              if (i == 7 && Files.notExists(Path.of(path))) {
                Files.createFile(Path.of(path));
                new ProcessBuilder("kill", "-9", "" + ProcessHandle.current().pid()).start();
                Thread.sleep(30_000);
              }
              return i;
            });
    assertEquals(IntStream.range(0, 20).boxed().toList(), results);
    assertTrue(Files.exists(marker));
    assertEquals(2, workers.map(List.of(1, 2), i -> i).size());
  }

  @Test
  void aTaskThatKillsEveryWorkerIsGivenUp() {
    var lost =
        assertThrows(
            WorkerLostException.class,
            () ->
                workers.map(
                    List.of(1),
                    i -> {
                      System.out.println("last words");
                      Runtime.getRuntime().halt(17);
                      return i;
                    }));
    assertTrue(lost.getMessage().contains("exit code 17"), lost.getMessage());
    assertTrue(lost.getMessage().contains("last words"), lost.getMessage());
    assertEquals(List.of(1), workers.map(List.of(1), i -> i));
  }

  @Test
  void anInterruptEndsTheCallAndTheWorkersGoOn() throws Exception {
    Thread caller = Thread.currentThread();
    CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS).execute(caller::interrupt);
    assertThrows(
        CancellationException.class,
        () ->
            workers.map(
                List.of(1, 2),
                i -> {
                  while (true) {
                    Thread.onSpinWait();
                  }
                }));
    assertTrue(Thread.interrupted());
    assertEquals(List.of(1, 2, 3), workers.map(List.of(1, 2, 3), i -> i));
  }

  @Test
  void aTaskMayLeaveItsThreadInterrupted() {
    long before = workers.pids().hashCode();
    List<Integer> results =
        workers.map(
            List.of(1, 2, 3),
            i -> {
              Thread.currentThread().interrupt();
              return i;
            });
    assertEquals(List.of(1, 2, 3), results);
    assertEquals(before, workers.pids().hashCode(), "no worker was lost");
  }

  @Test
  void anExceptionThatCannotBeReadHereFailsTheCall() {
    var failed =
        assertThrows(
            TaskFailedException.class,
            () ->
                workers.map(
                    List.of(1),
                    i -> {
                      throw new Unreadable();
                    }));
    assertTrue(failed.getMessage().contains("task 1 of 1"), failed.getMessage());
    assertEquals(List.of(1), workers.map(List.of(1), i -> i));
  }

  @Test
  void workersKilledWhileTheyAreIdleAreReplacedAndNotHeldAgainstTheTask() throws Exception {
    for (int i = 0; i < 3; i++) {
      for (long pid : workers.pids()) {
        ProcessHandle worker = ProcessHandle.of(pid).orElseThrow();
        worker.destroyForcibly();
        worker.onExit().join();
      }
      assertEquals(List.of(1, 2, 3, 4), workers.map(List.of(1, 2, 3, 4), n -> n));
    }
  }

  @Test
  void closingDuringACallFailsItAndLeavesNoProcess() throws Exception {
    Set<Long> others = children();
    Workers busy = store.workers(2);
    var call =
        CompletableFuture.supplyAsync(() ->
            busy.map(
                List.of(1, 2, 3),
                i -> {
                  Thread.sleep(60_000);
                  return i;
                }));
    TimeUnit.MILLISECONDS.sleep(200);
    busy.close();
    var failed = assertThrows(CompletionException.class, call::join);
    assertInstanceOf(IllegalStateException.class, failed.getCause());
    assertTrue(failed.getMessage().contains("closed"), failed.getMessage());
    assertEquals(others, children());
    busy.close();
  }

  @Test
  void closedWorkersSaySo() {
    Workers closed = store.workers(1);
    closed.close();
    var refused = assertThrows(IllegalStateException.class, () -> closed.map(List.of(1), i -> i));
    assertTrue(refused.getMessage().contains("closed"), refused.getMessage());
  }
}
