package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.trestle.kernel.KernelClient.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What cells may declare, what is told of their code, and how they fail, as a front end sees it.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KernelCodeTest {
  private KernelClient kernel;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    kernel = KernelClient.start(folder);
    kernel.run("%workers 1");
    kernel.run("/** How many. */\nint known = 41;\nint twice(int number) { return 2 * number; }");
  }

  @AfterAll
  void end() throws Exception {
    kernel.close();
  }

  @Test
  void sealedTypesAndClassesThatNeedEachOtherMayBeInOneCell() throws Exception {
    Outcome cell =
        kernel.run(
            """
            sealed interface Shape {}
            record Circle(double radius) implements Shape {}
            record Pair(Shape first, Shape second) implements Shape {}
            class Leaf { Tree parent; }
            class Tree { Leaf leaf = new Leaf(); Tree() { leaf.parent = this; } }
            double area(Shape shape) {
              return switch (shape) {
                case Circle c -> c.radius() * c.radius();
                case Pair p -> area(p.first()) + area(p.second());
              };
            }
            area(new Pair(new Circle(1), new Circle(new Tree().leaf.parent == null ? 0 : 2)))\
            """);
    assertEquals("5.0", cell.result());
  }

  @Test
  void variablesAreKeptWhenAnImportRunsAgainBehindAFailedCell() throws Exception {
    kernel.run(
        "import java.util.concurrent.atomic.*;\nAtomicInteger count = new AtomicInteger(7);");
    assertEquals("error", kernel.run("import java.time.*;\nint broken = nothing;").status());
    assertEquals("error", kernel.run("throw new Exception(\"no\");").status());
    kernel.run("import java.util.concurrent.atomic.*;");
    assertEquals("7", kernel.run("count").result());
  }

  /** The bar stands for the cursor. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "|Math.max(1, 2)#Math",
        "Math.m|ax(1, 2)#Math.max(int",
        "Math.max|(1, 2)#Math.max(int",
        "Math.max(1, 2|)#Math.max(int",
        "int a = 1; Math.max|#Math.max(int",
        "kno|wn + 1#known",
        "int x = twice(kn|own)#known",
        "1 + tw|ice(3)#twice(int",
        "String s = \"\"; s.len|gth()#String.length()",
        "%sha|re t#Puts a table or an array",
      })
  void inspectionWorksAnywhere(String codeWithCursor, String expected) throws Exception {
    JsonObject request = new JsonObject();
    request.addProperty("code", codeWithCursor.replace("|", ""));
    request.addProperty("cursor_pos", codeWithCursor.indexOf('|'));
    JsonObject found = kernel.ask("inspect_request", request);
    assertTrue(found.get("found").getAsBoolean(), codeWithCursor);
    String text = found.getAsJsonObject("data").get("text/plain").getAsString();
    assertTrue(text.contains(expected), text);
  }

  @Test
  void aThreadThatOutlivesItsCellStillDisplaysBelowIt() throws Exception {
    String id =
        kernel.execute(
            """
            var go = new java.util.concurrent.CountDownLatch(1);
            new Thread(() -> {
              try {
                go.await();
                display("late");
              } catch (InterruptedException e) {
              }
            }).start();\
            """);
    assertEquals("ok", kernel.outcome(id).status());
    Outcome next = kernel.run("go.countDown();");
    JsonObject late = kernel.awaitPublished(id, each -> KernelClient.is(each, "display_data"));
    assertEquals(
        "late",
        late.getAsJsonObject("content").getAsJsonObject("data").get("text/plain").getAsString());
    assertTrue(next.all("display_data").isEmpty());
  }

  @Test
  void whatTasksPrintIsShownBelowTheCellThatCalledThemBeforeItIsAnswered() throws Exception {
    for (int i = 0; i < 5; i++) {
      Outcome cell =
          kernel.run(
              "int round = %d;\nworkers().forEach(List.of(1, 2), n -> System.out.print(n * 10));"
                  .formatted(i));
      assertTrue(cell.stream("stdout").contains("10"), cell.stream("stdout"));
      assertTrue(cell.stream("stdout").contains("20"), cell.stream("stdout"));
    }
  }

  @Test
  void anErrorInAWorkerNamesTheNotebooksLineThere() throws Exception {
    Outcome cell =
        kernel.run(
            """
            int divide(int by) {
              return known / by;
            }
            workers().map(List.of(1, 0), by -> divide(by))\
            """);
    int number = cell.reply().get("execution_count").getAsInt();
    String traceback = cell.traceback();
    assertTrue(traceback.contains("java.lang.ArithmeticException: / by zero"), traceback);
    assertTrue(traceback.contains("divide (cell [%d]: line 2)".formatted(number)), traceback);
    assertTrue(traceback.contains("> return known / by;"), traceback);
    assertFalse(traceback.contains("dev.trestle.kernel"), traceback);
  }

  @Test
  void aMagicThatFailsIsQuotedAsItIsWritten() throws Exception {
    Outcome cell = kernel.run("int behind = 1;\n%nosuchmagic here");
    String traceback = cell.traceback();
    assertTrue(traceback.contains("line 2\n       > %nosuchmagic here\n"), traceback);
    assertFalse(traceback.contains("lineMagic"), traceback);
    Outcome forked = kernel.run("%%fork\nint zero = 0;\n1 / zero");
    assertTrue(forked.traceback().contains("> 1 / zero\n"), forked.traceback());
    assertFalse(forked.traceback().contains("ForkedCell"), forked.traceback());
  }

  @Test
  void whatTrestleRefusesIsToldWithTheCellsLinesOnly() throws Exception {
    Outcome cell =
        kernel.run("Thread thread = new Thread();\nworkers().map(List.of(1), n -> thread)");
    int number = cell.reply().get("execution_count").getAsInt();
    assertEquals(
        List.of(
            "    at cell [%d]: line 2".formatted(number),
            "       > workers().map(List.of(1), n -> thread)"),
        cell.traceback().lines().skip(1).toList());
    String attached = kernel.run("var none = Trestle.attach(\"none\");").traceback();
    assertEquals(3, attached.lines().count(), attached);
  }

  @Test
  void aNotebookClassIsNamedAsItIsWritten() throws Exception {
    Outcome cell =
        kernel.run(
            """
            class Refused extends Exception { final Thread hidden = new Thread(); }
            workers().map(List.of(1), n -> { throw new Refused(); })\
            """);
    String message = cell.reply().get("evalue").getAsString();
    assertTrue(message.endsWith(": Refused"), message);
  }

  @Test
  void workersUsedInsideATaskAreRefusedWithAnExplanation() throws Exception {
    Outcome cell = kernel.run("workers().map(List.of(1), n -> workers().size())");
    assertTrue(cell.traceback().contains("runs in one of them already"), cell.traceback());
  }

  @Test
  void anErrorInACellThatAMagicRunsHasTheCellsLinesOnly() throws Exception {
    Outcome cell = kernel.run("%%time\nint zero = 0;\nint none = 1 / zero;");
    int number = cell.reply().get("execution_count").getAsInt();
    assertEquals(
        """
        java.lang.ArithmeticException: / by zero
            at cell [%d]: line 3
               > int none = 1 / zero;
        """
            .formatted(number),
        cell.traceback());
    String below = kernel.run("// first a comment\n\n%%time\nint no = 1 / 0;").traceback();
    assertTrue(below.contains("line 4\n       > int no = 1 / 0;\n"), below);
  }
}
