package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.trestle.kernel.KernelClient.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells that would not end by themselves, ended by a message, and what is left after that. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KernelInterruptTest {
  private KernelClient kernel;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    kernel = KernelClient.start(folder);
    kernel.run("int kept = 41; int counter = 0;");
    kernel.run(
        """
        int spin(int n) {
          while (true) {
            n++;
          }
        }
        """);
  }

  @AfterAll
  void end() throws Exception {
    kernel.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while (true) { counter++; }",
        "for (;;) { try { Thread.sleep(10_000); } catch (InterruptedException e) { } }",
        "while (true) { try { counter++; } catch (Throwable t) { } }",
        "Thread.sleep(600_000);",
        "spin(1);",
        "new Object() { int deep(int n) { return n > 20 ? spin(n) : deep(n + 1); } }.deep(1);",
        "Runnable r = () -> { while (true) { counter++; } };\nr.run();",
        "IntStream.range(0, 8).parallel().forEach(i -> { while (true) { counter++; } });",
        "IntStream.range(0, 8).parallel().forEach(i -> {"
            + " try { Thread.sleep(600_000); } catch (InterruptedException e) { } });",
        "var pool = Executors.newFixedThreadPool(2);"
            + " pool.submit(() -> spin(1)); pool.submit(() -> spin(2)).get();",
        "Thread other = new Thread(() -> spin(1)); other.start(); other.join();",
        "new java.util.concurrent.CountDownLatch(1).await();",
        "for (String s = \"\"; ; s = \"x\") { System.out.print(s); }",
      })
  void theCellEndsNothingBurnsAndVariablesAreKept(String code) throws Exception {
    Outcome outcome = interrupted(code);
    assertEquals("error", outcome.status());
    assertEquals("Interrupted", outcome.reply().get("ename").getAsString());
    assertEquals("42", kernel.run("kept + 1").result());
    assertNothingBurns();
  }

  /** What becomes of a cell that is interrupted once its code is known to run. */
  private Outcome interrupted(String code) throws Exception {
    // One block, so that the interrupt does not come between two snippets.
    String id = kernel.execute("{ System.out.print(\"begun\");\n" + code + "\n}");
    kernel.awaitPublished(id, each -> KernelClient.is(each, "stream"));
    kernel.interrupt();
    return kernel.outcome(id);
  }

  /** No thread is in notebook code that would take processor time. */
  private void assertNothingBurns() throws Exception {
    Outcome outcome =
        kernel.run(
            """
            Thread.getAllStackTraces().entrySet().stream()
                .filter(each -> each.getKey() != Thread.currentThread())
                .filter(each -> each.getKey().getState() == Thread.State.RUNNABLE)
                .filter(each -> Arrays.stream(each.getValue())
                    .anyMatch(frame -> frame.getClassName().startsWith("REPL.")))
                .count()\
            """);
    assertEquals("0", outcome.result());
  }

  @Test
  void theTracebackNamesTheLineThatWasInterrupted() throws Exception {
    String traceback = interrupted("int n = 0;\nwhile (true) {\n  n++;\n}").traceback();
    assertTrue(traceback.matches("(?s).*at cell \\[\\d+\\]: line [345].*"), traceback);
  }

  @Test
  void aCellInsideALibraryThatMindsNoInterruptIsAnsweredAllTheSame() throws Exception {
    Outcome outcome =
        interrupted("new java.math.BigInteger(\"7\").pow(5_000_000).toString().length();");
    assertEquals("error", outcome.status());
    assertEquals("42", kernel.run("kept + 1").result());
    // Nothing can stop it, so that it may not be in the way of the other tests.
    kernel.run(
        """
        for (Thread each : Thread.getAllStackTraces().keySet()) {
          if (each.getName().startsWith("cell [") && each != Thread.currentThread()) {
            each.join();
          }
        }\
        """);
  }

  @Test
  void anInterruptWithoutACellChangesNothing() throws Exception {
    assertEquals("ok", kernel.interrupt().get("status").getAsString());
    assertEquals("42", kernel.run("kept + 1").result());
  }

  @RepeatedTest(20)
  void anInterruptThatComesBeforeTheCodeRunsIsForItsCell() throws Exception {
    String id = kernel.execute("Thread.sleep(600_000);");
    kernel.awaitPublished(id, each -> KernelClient.is(each, "status")); // it was received
    kernel.interrupt();
    assertEquals("error", kernel.outcome(id).status());
  }

  @Test
  void aThreadOfAnEarlierCellGoesOn() throws Exception {
    kernel.run(
        """
        volatile boolean go = true;
        long beats = 0;
        Thread heart = new Thread(() -> { while (go) { beats++; Thread.onSpinWait(); } });
        heart.start();\
        """);
    interrupted("while (true) { counter++; }");
    assertEquals("true", kernel.run("heart.isAlive()").result());
    kernel.run("go = false; heart.join();");
  }

  @Test
  void aMapInFlightIsInterruptedAndItsWorkersCanBeReplaced() throws Exception {
    kernel.run("%workers 2");
    Outcome outcome = interrupted("workers().map(List.of(1, 2, 3), n -> { while (true) { } });");
    assertEquals("Interrupted", outcome.reply().get("ename").getAsString());
    assertTrue(
        outcome.traceback().matches("(?s).*at cell \\[\\d+\\]: line 2.*"), outcome::traceback);
    assertFalse(outcome.traceback().contains("dev.trestle"), outcome::traceback);
    kernel.run("%workers 1");
    Outcome next = kernel.run("workers().map(List.of(1, 2, 3), n -> n + kept)");
    assertEquals("[42, 43, 44]", next.result(), next::toString);
    JsonObject gone = kernel.run("%workers stop").reply();
    assertEquals("ok", gone.get("status").getAsString());
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (kernel.process().children().findAny().isPresent() && System.nanoTime() < end) {
      Thread.sleep(50);
    }
    assertEquals(0, kernel.process().children().count());
  }
}
