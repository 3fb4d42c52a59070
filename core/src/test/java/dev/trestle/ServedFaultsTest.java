package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.worker.OwnerLostException;
import dev.trestle.worker.TaskFailedException;
import dev.trestle.worker.WorkerLostException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Owners that die, are stuck, or outlive nobody. */
@Tag("slow")
@Timeout(60)
class ServedFaultsTest {
  @TempDir Path folder;
  private Store store;
  private Workers workers;

  @BeforeEach
  void open() {
    store = Store.open(folder.resolve("store"));
    workers = store.workers(1);
  }

  @AfterEach
  void close() {
    store.close();
    assertEquals(List.of(), List.of(folder.resolve("store").toFile().list()));
  }

  private List<Path> sockets() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(".sock")).toList();
    }
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  @Test
  void anOwnerThatWasKilledIsNamedToAllWhoAsk() throws Exception {
    Served<String> served = workers.serve("text", "abc");
    Task<Integer, Integer> task = i -> served.ask(text -> text.charAt(i) - 'a');
    assertEquals(List.of(1), workers.map(List.of(1), task));
    ProcessHandle owner = ProcessHandle.of(served.pid()).orElseThrow();
    owner.destroyForcibly();
    owner.onExit().join();
    var here = assertThrows(OwnerLostException.class, () -> served.ask(String::length));
    assertTrue(here.getMessage().contains("served 'text' is lost"), here.getMessage());
    assertTrue(here.getMessage().contains("SIGKILL"), here.getMessage());
    var there = assertThrows(TaskFailedException.class, () -> workers.map(List.of(1), task));
    assertInstanceOf(OwnerLostException.class, there.getCause());
    assertTrue(there.getMessage().contains("served 'text' is lost"), there.getMessage());
    NothingLeft.await(() -> {
      try {
        return sockets().isEmpty();
      } catch (IOException e) {
        return false;
      }
    });
    assertEquals(List.of(), sockets());
  }

  @Test
  void aQuestionThatEndsItsOwnerSaysHow() {
    Served<String> served = workers.serve("text", "abc");
    var lost =
        assertThrows(
            OwnerLostException.class,
            () ->
                served.ask(text -> {
                  System.out.println("last words of " + text);
                  Runtime.getRuntime().halt(17);
                  return text;
                }));
    assertTrue(lost.getMessage().contains("exit code 17"), lost.getMessage());
    assertTrue(lost.getMessage().contains("last words of abc"), lost.getMessage());
  }

  @Test
  void anOwnerThatEndsWhileItMakesItsObjectSaysHow() throws Exception {
    var lost =
        assertThrows(
            WorkerLostException.class,
            () ->
                workers.serveFrom(
                    "early",
                    () -> {
                      Runtime.getRuntime().halt(18);
                      return 1;
                    }));
    assertTrue(lost.getMessage().contains("the owner of 'early'"), lost.getMessage());
    assertTrue(lost.getMessage().contains("exit code 18"), lost.getMessage());
    assertEquals(List.of(), sockets());
  }

  @Test
  void anAskerIsInterruptedAlsoWhenTheQuestionHangs() throws Exception {
    Served<String> served = workers.serve("text", "abc");
    Path begun = folder.resolve("begun");
    String path = begun.toString();
    Thread caller = Thread.currentThread();
    var interrupter =
        CompletableFuture.runAsync(() -> {
          NothingLeft.await(() -> Files.exists(begun));
          caller.interrupt();
        });
    assertThrows(
        CancellationException.class,
        () ->
            served.ask(text -> {
              Files.createFile(Path.of(path));
              while (true) {
                Thread.onSpinWait();
              }
            }));
    assertTrue(Thread.interrupted());
    interrupter.join();
    served.close();
    assertFalse(isAlive(served.pid()));
    Files.delete(begun);
  }

  /** A question that takes longer than anybody waits, and leaves a file when it is interrupted. */
  private static Task<String, Integer> longQuestion(Path begun, Path interrupted) {
    String first = begun.toString();
    String last = interrupted.toString();
    return text -> {
      Files.createFile(Path.of(first));
      try {
        Thread.sleep(100_000);
      } catch (InterruptedException e) {
        Files.createFile(Path.of(last));
      }
      return 0;
    };
  }

  @Test
  void aQuestionWhoseAskerWasInterruptedIsInterruptedToo() throws Exception {
    Served<String> served = workers.serve("text", "abc");
    Path begun = folder.resolve("begun");
    Path interrupted = folder.resolve("interrupted");
    Thread caller = Thread.currentThread();
    var interrupter =
        CompletableFuture.runAsync(() -> {
          NothingLeft.await(() -> Files.exists(begun));
          caller.interrupt();
        });
    assertThrows(CancellationException.class, () -> served.ask(longQuestion(begun, interrupted)));
    assertTrue(Thread.interrupted());
    interrupter.join();
    assertEquals(3, served.ask(String::length), "the owner takes the next question");
    assertTrue(Files.exists(interrupted));
    Files.delete(begun);
    Files.delete(interrupted);
  }

  @Test
  void aQuestionWhoseAskerWasKilledIsInterrupted() throws Exception {
    Served<String> served = workers.serve("text", "abc");
    Path begun = folder.resolve("begun");
    Path interrupted = folder.resolve("interrupted");
    Task<String, Integer> question = longQuestion(begun, interrupted);
    var asked = workers.retries(0).submit(1, n -> served.ask(question));
    NothingLeft.await(() -> Files.exists(begun));
    ProcessHandle.of(workers.pids().getFirst()).orElseThrow().destroyForcibly();
    assertInstanceOf(
        WorkerLostException.class, assertThrows(CompletionException.class, asked::join).getCause());
    assertEquals(3, served.ask(String::length), "the owner takes the next question");
    assertTrue(Files.exists(interrupted));
    Files.delete(begun);
    Files.delete(interrupted);
  }

  @Test
  void theOutputOfAnOwnerBearsItsName() {
    PrintStream before = System.out;
    var seen = new ByteArrayOutputStream();
    System.setOut(new PrintStream(seen, true, StandardCharsets.UTF_8));
    try {
      Served<String> served = workers.serve("text", "abc");
      served.ask(text -> {
        System.out.println("asked");
        return text;
      });
      NothingLeft.await(() -> seen.toString(StandardCharsets.UTF_8).contains("asked"));
    } finally {
      System.setOut(before);
    }
    String output = seen.toString(StandardCharsets.UTF_8);
    assertTrue(output.contains("[owner of 'text'] asked"), output);
  }

  @Test
  void theSocketIsInTheSessionsPrivateFolderAndGoesWithTheWorkers() throws Exception {
    Served<String> served = workers.serve("text", "abc");
    Path socket = sockets().getFirst();
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())));
    assertTrue(store.memory().processes().stream().anyMatch(p -> p.role().equals("owner of text")));
    assertEquals(1, workers.size());
    assertFalse(workers.pids().contains(served.pid()));
    workers.close();
    assertFalse(isAlive(served.pid()));
    assertEquals(List.of(), sockets());
  }

  @Test
  void aStoreWithALongPathServesToo() throws Exception {
    Path deep = folder.resolve("a:b").resolve("long".repeat(40));
    try (Store other = Store.open(deep);
        Workers own = other.workers(1)) {
      Served<String> served = own.serve("text", "abc");
      assertEquals(List.of(3), own.map(List.of(1), i -> served.<Integer>ask(String::length)));
    }
  }

  @Test
  void onlyWhoServesItClosesIt() {
    Served<String> served = workers.serve("text", "abc");
    var refused =
        assertThrows(
            TaskFailedException.class, () -> workers.forEach(List.of(1), i -> served.close()));
    assertTrue(refused.getMessage().contains("only in the process"), refused.getMessage());
    assertEquals(3, served.<Integer>ask(String::length));
  }

  @Test
  void aKilledSessionLeavesNoOwner() throws Exception {
    try (var child = new ChildJvm(ServedCommands.class, folder.resolve("child"))) {
      long pid = Long.parseLong(child.hear());
      assertTrue(isAlive(pid));
      child.killMinus9();
      NothingLeft.await(() -> !isAlive(pid));
      assertFalse(isAlive(pid));
    }
    NothingLeft.await(() -> {
      try {
        return sockets().isEmpty();
      } catch (IOException e) {
        return false;
      }
    });
    assertEquals(List.of(), sockets());
    Store.open(folder.resolve("child")).close();
    assertEquals(List.of(), List.of(folder.resolve("child").toFile().list()));
  }
}
