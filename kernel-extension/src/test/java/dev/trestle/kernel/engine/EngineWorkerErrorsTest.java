package dev.trestle.kernel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cell says of code that fails in a worker, or cannot be sent to one. */
@Tag("slow")
class EngineWorkerErrorsTest {
  @TempDir static Path folder;
  private static final Engine ENGINE = new Engine(List.of(), notice -> {});
  private static int cells;

  @BeforeAll
  static void start() throws CellFailure {
    run("import dev.trestle.*; import java.util.*; import java.util.function.*;");
    run("Store store = Store.open(java.nio.file.Path.of(\"" + folder.resolve("store") + "\"));");
    run("Workers workers = store.workers(1);");
  }

  @AfterAll
  static void end() throws CellFailure {
    run("workers.close(); store.close();");
    ENGINE.close();
  }

  private static void run(String code) throws CellFailure {
    ENGINE.run(new Cell(++cells), code);
  }

  private static CellFailure failure(String code) {
    return assertThrows(CellFailure.class, () -> run(code));
  }

  private static String text(CellFailure failure) {
    return String.join("\n", failure.traceback()).replaceAll("\u001b\\[[0-9;]*m", "");
  }

  private static void assertContains(String part, String whole) {
    assertTrue(whole.contains(part), () -> part + " is not in:\n" + whole);
  }

  @Test
  void framesOfAWorkerAreGivenAsCellAndLineWithTheirCauses() throws CellFailure {
    run("int parse(String s) {\n  return Integer.parseInt(s);\n}");
    int declared = cells;
    run(
        "int checked(String s) {\n  try {\n    return parse(s);\n  } catch (NumberFormatException e) {\n"
            + "    throw new IllegalStateException(\"bad: \" + s, e);\n  }\n}");
    int checked = cells;
    String text =
        text(failure("var l = List.of(\"1\", \"x\");\nworkers.map(l,\n    s -> checked(s));"));
    assertContains("task 2 of 2 failed on worker 1", text);
    assertContains("java.lang.IllegalStateException: bad: x", text);
    assertContains("at checked (cell [%d]: line 5)".formatted(checked), text);
    assertContains("> throw new IllegalStateException(", text);
    assertContains("at a lambda (cell [%d]: line 3)".formatted(cells), text);
    assertContains("Caused by: java.lang.NumberFormatException: For input string: \"x\"", text);
    assertContains("at parse (cell [%d]: line 2)".formatted(declared), text);
  }

  @Test
  void aLambdaInAVariableIsNamedByItsOwnLine() throws CellFailure {
    run("Function<Integer, Integer> inverse =\n    x -> 1 / x;");
    int declared = cells;
    String text = text(failure("workers.map(List.of(0), x -> inverse.apply(x));"));
    assertContains("java.lang.ArithmeticException: / by zero", text);
    assertContains("at a lambda (cell [%d]: line 2)".formatted(declared), text);
  }

  @Test
  void anExceptionThatCannotBeSentKeepsItsNameMessageFramesAndCauses() throws CellFailure {
    run(
        "class Broken extends RuntimeException {\n  final Thread by = Thread.currentThread();\n"
            + "  Broken(String why, Throwable cause) { super(why, cause); }\n}");
    run(
        "int broken(int x) {\n  var e = new Broken(\"so\", new java.io.IOException(\"disk\"));\n"
            + "  e.addSuppressed(new IllegalStateException(\"too\"));\n  throw e;\n}");
    int declared = cells;
    String text = text(failure("workers.map(List.of(0), x -> broken(x));"));
    assertContains("Broken: so", text);
    assertContains("at broken (cell [%d]: line 2)".formatted(declared), text);
    assertContains("Suppressed: java.lang.IllegalStateException: too", text);
    assertContains("Caused by: java.io.IOException: disk", text);
    assertEquals(-1, text.indexOf("RemoteThrowable"), text);
  }

  @Test
  void aVariableThatCannotBeSentIsNamedWithTheWayToIt() throws CellFailure {
    run("Thread th = new Thread();");
    run("boolean viaMethod() { return th.isAlive(); }");
    CellFailure failure = failure("workers.map(List.of(0), x -> viaMethod());");
    assertContains(
        "notebook variable 'th' (declared Thread), used by lambda -> viaMethod, cannot be sent to a"
            + " worker: java.lang.Thread is not serialisable",
        failure.message());
  }

  @Test
  void whatALambdaInAVariableCapturedIsNamed() throws CellFailure {
    run(
        "Function<Integer, Integer> with(java.io.Reader in) {"
            + " return x -> x + (in == null ? 0 : 1); }");
    run("var reading = with(new java.io.StringReader(\"\"));");
    CellFailure failure = failure("workers.map(List.of(0), x -> reading.apply(x));");
    assertContains("captured local no. 1 (declared Reader) cannot be sent", failure.message());
    assertContains("java.io.StringReader is not serialisable", failure.message());
  }
}
