package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.worker.TaskFailedException;
import dev.trestle.worker.WorkerLostException;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /** A task for each way in which a worker can end. */
  @SuppressWarnings("restricted") // a segment at address 0 is what is wanted
  private static Task<Integer, Integer> ending(String how) {
    return i -> {
      switch (how) {
        case "exit" -> System.exit(42);
        case "heap" -> new ArrayList<>(List.of(new long[Integer.MAX_VALUE - 8]));
        case "null write" ->
            MemorySegment.NULL.reinterpret(8).set(ValueLayout.JAVA_INT, 0, i); // address 0
        default -> {
          new ProcessBuilder("kill", how, "" + ProcessHandle.current().pid()).start();
          Thread.sleep(30_000);
        }
      }
      return i;
    };
  }

  @ParameterizedTest
  @CsvSource({
    "exit, exit code 42, ''",
    "heap, OutOfMemoryError, Java heap space",
    "-SEGV, exit code 1, SIGSEGV",
    "null write, exit code 1, SIGSEGV",
    "-KILL, SIGKILL, ''"
  })
  void aTaskThatEndsItsWorkerFailsWithWhatHappened(String how, String end, String lastWords) {
    var lost =
        assertThrows(
            WorkerLostException.class, () -> workers.retries(0).map(List.of(1), ending(how)));
    assertTrue(lost.getMessage().startsWith("task 1 of 1 failed"), lost.getMessage());
    assertTrue(lost.getMessage().contains(end), lost.getMessage());
    assertTrue(lost.getMessage().contains(lastWords), lost.getMessage());
    assertEquals(List.of(1, 2, 3), workers.map(List.of(1, 2, 3), i -> i));
  }

  @Test
  void aCrashIsReportedInTheSessionsFolderAndNotWhereTheUserWorks() throws Exception {
    assertThrows(
        WorkerLostException.class, () -> workers.retries(0).map(List.of(1), ending("null write")));
    try (Stream<Path> here = Files.list(Path.of(""));
        Stream<Path> session = Files.walk(folder)) {
      assertEquals(
          List.of(),
          here.filter(file -> file.toString().matches("(hs_err|core|replay).*\\d.*")).toList());
      assertTrue(session.anyMatch(file -> file.getFileName().toString().startsWith("crash-")));
    }
  }

  @Test
  void onlyTheTaskThatEndsItsWorkerFailsAndNotThoseSentWithIt() {
    Task<Integer, Integer> killer = ending("exit");
    var lost =
        assertThrows(
            WorkerLostException.class,
            () ->
                workers
                    .chunk(10)
                    .retries(0)
                    .map(
                        IntStream.range(0, 40).boxed().toList(),
                        i -> i == 17 ? killer.apply(i) : i));
    assertTrue(lost.getMessage().startsWith("task 18 of 40 failed"), lost.getMessage());
  }

  @Test
  void tooDeepARecursionFailsItsTaskOnly() {
    List<Long> before = workers.pids();
    var failed =
        assertThrows(
            TaskFailedException.class, () -> workers.map(List.of(1), WorkerFaultsTest::recursive));
    assertInstanceOf(StackOverflowError.class, failed.getCause());
    assertEquals(List.of(1), workers.map(List.of(1), i -> i));
    assertEquals(before, workers.pids());
  }

  @SuppressWarnings("InfiniteRecursion")
  private static int recursive(int i) {
    return recursive(i + 1) + 1;
  }

  @Test
  void whatATaskPrintsIsPassedOnBeforeItsResultIsThere() {
    PrintStream before = System.out;
    var seen = new ByteArrayOutputStream();
    System.setOut(new PrintStream(seen, true, StandardCharsets.UTF_8));
    try {
      for (int round = 0; round < 20; round++) {
        int now = round;
        workers.map(
            List.of(1, 2, 3),
            i -> {
              System.out.println("line %d.%d".formatted(now, i));
              return i;
            });
        for (int i = 1; i <= 3; i++) {
          String line = "] line %d.%d%n".formatted(round, i);
          assertTrue(seen.toString(StandardCharsets.UTF_8).contains(line), line);
        }
      }
      workers.map(
          List.of(1),
          i -> {
            System.err.print("no end of line");
            return i;
          });
      assertTrue(seen.toString(StandardCharsets.UTF_8).contains("no end of line"));
    } finally {
      System.setOut(before);
    }
  }

  @Test
  void endlessOutputIsPassedOnWithinBounds() {
    PrintStream before = System.out;
    var seen = new ByteArrayOutputStream();
    System.setOut(new PrintStream(seen, true, StandardCharsets.UTF_8));
    try {
      workers.map(
          List.of(1, 2),
          i -> {
            if (i == 1) {
              System.out.print("x".repeat(8 << 20)); // one line of 8 MiB
            } else {
              for (int line = 0; line < 100_000; line++) {
                System.out.println("line " + line);
              }
            }
            return i;
          });
      NothingLeft.await(() -> seen.size() > 500_000);
    } finally {
      System.setOut(before);
    }
    assertTrue(seen.size() < 1_000_000, () -> seen.size() + " bytes were passed on");
  }

  @Test
  void aWorkerAboveItsMemoryLimitIsEndedWithAMessageThatNamesItsTask() {
    try (Workers small = store.workers(WorkerSettings.of(1).memoryLimit(100 << 20))) {
      var lost =
          assertThrows(
              WorkerLostException.class,
              () ->
                  small
                      .retries(0)
                      .map(
                          List.of(1),
                          i -> {
                            byte[] large = new byte[150 << 20];
                            Arrays.fill(large, (byte) 1);
                            Thread.sleep(30_000);
                            return large.length;
                          }));
      assertTrue(lost.getMessage().startsWith("task 1 of 1 failed"), lost.getMessage());
      assertTrue(lost.getMessage().contains("above its limit of 104,857,600"), lost.getMessage());
    }
  }
}
