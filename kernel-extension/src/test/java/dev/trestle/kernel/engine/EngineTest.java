package dev.trestle.kernel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {
  private final List<String> notices = new ArrayList<>();
  private final Engine engine = new Engine(List.of(), notices::add);
  private int cells;

  @AfterEach
  void close() {
    engine.close();
  }

  private @Nullable Object run(String code) throws CellFailure {
    return engine.run(new Cell(++cells), code);
  }

  private CellFailure failure(String code) {
    return assertThrows(CellFailure.class, () -> run(code));
  }

  private static String text(CellFailure failure) {
    return String.join("\n", failure.traceback()).replaceAll("\u001b\\[[0-9;]*m", "");
  }

  @Test
  void theLastExpressionIsTheResult() throws CellFailure {
    assertEquals(7, run("int a = 3;\nint b = 4; // both\na + b"));
    assertNull(run("a = 5;"));
    assertEquals(9, run("a + b"));
  }

  @Test
  void anExpressionHasTheTypeThatItHasOnItsOwn() throws CellFailure {
    assertEquals(1.0, run("true ? 1 : 2.0"));
    assertEquals('b', run("(char) ('a' + 1)"));
    assertNull(run("(String) null"));
    assertNull(run("null"));
    assertEquals(List.of(2, 3), run("java.util.stream.Stream.of(2, 3).toList()"));
  }

  @Test
  void aCallWithoutAValueRunsOnce() throws CellFailure {
    run("import java.util.concurrent.atomic.*; var calls = new AtomicInteger();");
    run("void call() { calls.incrementAndGet(); }");
    assertNull(run("call()"));
    assertEquals(1, run("calls.get()"));
    assertEquals(2, run("calls.incrementAndGet()"));
    assertEquals(2, run("calls.get()"));
  }

  @Test
  void anErrorInsideAnExpressionNamesItsLine() throws CellFailure {
    String traceback =
        String.join("\n", failure("int zero = 0;\n\nMath.max(1,\n  1 / zero)").traceback());
    assertTrue(traceback.contains("line 3") || traceback.contains("line 4"), traceback);
    CellFailure refused = failure("int one = 1;\nMath.max(one,\n  absent)");
    assertTrue(refused.traceback().getFirst().contains("line 3"), refused.traceback().toString());
  }

  @Test
  void aTableWhoseFileWasCutIsNamedWithTheLineThatReadIt(@TempDir Path folder) throws Exception {
    run("import dev.trestle.*; import tech.tablesaw.api.*; import java.nio.file.*;");
    run("Store store = Store.open(Path.of(\"" + folder.resolve("store") + "\"));");
    run("Table numbers = Table.create(\"t\", IntColumn.indexColumn(\"n\", 20_000, 0));");
    try {
      Path file = (Path) run("SharedTable cut = store.share(\"cut\", numbers);\ncut.location()");
      try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(4096);
      }
      CellFailure failure = failure("int a = 1;\ndouble sum = cut.table().intColumn(0).sum();");
      assertEquals("dev.trestle.store.DamagedTableException", failure.name());
      assertTrue(failure.message().startsWith("table file " + file + " had "), failure.message());
      assertTrue(text(failure).contains("cell [5]: line 2"), text(failure));
      assertTrue(text(failure).contains("> double sum = "), text(failure));
    } finally {
      run("store.close()");
    }
  }

  @Test
  void anInitializerThatFailsIsTracedToItsLine() throws CellFailure {
    assertTrue(text(failure("int a = 0;\nint b = 1 / a;")).contains("cell [1]: line 2"));
    String ofInferredType = "var list = java.util.List.of(\n  1,\n  2 / a);";
    assertTrue(text(failure(ofInferredType)).contains("cell [2]: line "));
  }

  @Test
  void snippetsAreAnnouncedBeforeTheyRun() throws CellFailure {
    List<Integer> offsets = new ArrayList<>();
    engine.run(new Cell(1), "int a = 1;\n\na++;", part -> offsets.add(part.offset()));
    assertEquals(List.of(0, 10), offsets);
  }

  @Test
  void aCommentAloneIsNoError() throws CellFailure {
    assertNull(run("// nothing to do\n/* or here */\n"));
    assertNull(run("  \n"));
    assertEquals(1, run("1 // one\n // and no more"));
  }

  @Test
  void aConditionalOverNotebookClassesIsCompiledAndStoppable() throws CellFailure {
    run("class Root {}\nclass Leaf extends Root {}");
    assertEquals(
        "Leaf",
        run(
            "boolean c = true;\nRoot r = c ? new Leaf() : new Root();\n"
                + "r.getClass().getSimpleName()"));
  }

  @Test
  void variablesSurviveAFailedCellAndImportsRunAgain() throws CellFailure {
    run("import java.util.*;\nList<Integer> xs = new ArrayList<>(List.of(1, 2));");
    failure("import java.util.*;\nint bad = nothing;");
    failure("import java.util.*;\nObject x = List.of().get(0);");
    run("import java.util.*;\nimport java.util.function.*;");
    assertEquals(List.of(1, 2), run("xs"));
  }

  @Test
  void variablesSurviveTheRedefinitionOfWhatTheyWereMadeWith() throws CellFailure {
    run("int twice(int n) { return 2 * n; }");
    run(
        "int four = twice(2);\nvar list = new ArrayList<Integer>(); list.add(four);"
            .replace("ArrayList", "java.util.ArrayList"));
    run("int twice(int n) { return n + n; }");
    run("interface Named {}");
    run("Named n = new Named() {};\nObject kept = n;");
    run("interface Named { default int one() { return 1; } }");
    assertEquals(List.of(4), run("list"));
    assertEquals(4, run("four"));
    assertEquals(true, run("kept != null"));
  }

  @Test
  void aVariableKeepsItsValueWhenItsNewInitializerFails() throws CellFailure {
    run("int n = 5;");
    failure("int n = 1 / 0;");
    assertEquals(5, run("n"));
  }

  @Test
  void aVariableThatMustBeResetIsSaid() throws CellFailure {
    run("class Box { int v = 1; }\nBox box = new Box();");
    run("class Box { int v = 2; }");
    assertTrue(notices.toString().contains("'box' has lost its value"), notices.toString());
  }

  @Test
  void variablesSurviveTheirInitializersThatDoNotCompileAnyMore() throws CellFailure {
    run("import java.util.*; int load(String name) { return 7; }");
    run("record Point(int x) {}");
    run("var loaded = load(\"a\"); int twice = 2 * loaded;");
    run("var points = new ArrayList<Point>(List.of(new Point(1)));");
    run("int both() { return loaded + points.size(); }");
    run("int load(String name, boolean isFast) { return 8; }\nrecord Point(int x, int y) {}");
    assertEquals(7, run("loaded"));
    assertEquals(14, run("twice"));
    assertEquals(1, run("points.size()"));
    assertEquals(8, run("both()"));
    run("String load(String name) { return name; }");
    assertEquals(8, run("both()"));
    assertEquals(List.of(), notices);
  }

  @Test
  void aVariableOfAClassThatWasReplacedIsEmptyAndThatIsSaid() throws CellFailure {
    run("record Point(int x) {}\nvar one = new Point(1);\nPoint two = new Point(2);");
    run("record Point(int x, int y) {}");
    assertEquals(2, notices.size(), notices.toString());
    assertNull(run("one"));
    run("one = new Point(3, 4);");
    assertEquals(4, run("one.y()"));
  }

  @Test
  void whatGetsANewValueInTheSameCellIsNotSaidToBeLost() throws CellFailure {
    run("record Point(int x) {}\nvar one = new Point(1);");
    run("record Point(int x, int y) {}\nvar one = new Point(1, 2);");
    assertEquals(List.of(), notices);
    assertEquals(2, run("one.y()"));
  }

  @Test
  void variablesWhoseTypesHaveNoNamesSurviveToo() throws CellFailure {
    run("int load() { return 7; }\nvar of = new Object() { int n = load(); };");
    run("var either = load() > 0 ? 1 : \"one\";");
    run("String load() { return \"\"; }");
    assertEquals(7, run("of.n"));
    assertEquals(1, run("either"));
    assertEquals(1, notices.size());
    assertTrue(notices.getFirst().contains("'either' is of type Object now"), notices.toString());
  }

  @Test
  void runningADeclarationAgainChangesNothing() throws CellFailure {
    String declaration = "class Box { int v = 1; }";
    run(declaration);
    run("Box box = new Box(); box.v = 9;");
    run(declaration);
    assertEquals(9, run("box.v"));
  }

  @Test
  void sealedTypesNeedNoPermitsClauseInOneCell() throws CellFailure {
    run(
        """
        sealed interface Shape {}
        record Circle(double r) implements Shape {}
        record Square(double s) implements Shape {}
        double area(Shape shape) {
          return switch (shape) { case Circle c -> 3 * c.r(); case Square q -> q.s() * q.s(); };
        }
        """);
    assertEquals(4.0, run("area(new Square(2))"));
  }

  @Test
  void classesOfOneCellMayNeedEachOther() throws CellFailure {
    assertEquals(
        4,
        run(
            "class A extends Base { B b; }\nclass B { A a; int v = 4; }\n"
                + "class Base { int k() { return new B().v; } }\nnew A().k()"));
  }

  @Test
  void aDeclarationThatStaysUndefinedIsAFailure() {
    CellFailure failure = failure("class A extends Nowhere {}");
    assertTrue(text(failure).contains("Nowhere"), text(failure));
  }

  @Test
  void aMethodThatCannotBeCalledYetIsANotice() throws CellFailure {
    run("int f() { return g() + 1; }");
    assertTrue(notices.toString().contains("g()"), notices.toString());
    run("int g() { return 1; }");
    assertEquals(2, run("f()"));
  }

  @Test
  void aCompilationErrorShowsItsLineAndPlace() {
    CellFailure failure = failure("int a = 1;\n\nint b = a +\n    missing;\n");
    assertEquals("CompilationError", failure.name());
    assertTrue(failure.message().contains("cannot find symbol"), failure.message());
    assertTrue(
        text(failure)
            .startsWith(
                """
                cell [1], line 4: cannot find symbol
                        missing;
                        ^~~~~~~
                """
                    .stripTrailing()),
        text(failure));
    assertTrue(text(failure).contains("variable missing"));
  }

  @Test
  void nothingOfACellRunsIfTheRestDoesNotParse() throws CellFailure {
    run("int n = 1;");
    CellFailure failure = failure("n = 2;\nfor (int i = 0; i < 3; i++) {\n");
    assertTrue(text(failure).contains("end of file"), text(failure));
    assertEquals(1, run("n"));
  }

  @Test
  void framesAreCellsAndLinesAndTheKernelsOwnAreLeftOut() throws CellFailure {
    run("\nint inverse(int n) {\n  int one = 1;\n\n  return one / n;\n}");
    run("class Work {\n  Runnable step() {\n    return () -> {\n      inverse(0);\n    };\n  }\n}");
    CellFailure failure =
        failure(
            """
            int before = 1;

            try {
              new Work().step().run();
            } catch (ArithmeticException e) {
              throw new IllegalStateException("no step", e);
            }
            """);
    assertEquals("java.lang.IllegalStateException", failure.name());
    assertEquals("no step", failure.message());
    assertEquals(
        """
        java.lang.IllegalStateException: no step
            at cell [3]: line 6
               > throw new IllegalStateException("no step", e);
        Caused by: java.lang.ArithmeticException: / by zero
            at inverse (cell [1]: line 5)
               > return one / n;
            at a lambda (cell [2]: line 4)
            at cell [3]: line 4
        """
            .stripTrailing(),
        text(failure));
  }

  @Test
  void aMethodOfAnAnonymousClassHasNoNameOfTheKernels() throws CellFailure {
    run("var odd = new Object() { int fail() { return 1 / (hashCode() - hashCode()); } };");
    String text = text(failure("odd.fail()"));
    assertTrue(text.contains("    at an anonymous class.fail (cell [1]: line 1)"), text);
    assertFalse(text.contains("JShell"), text);
  }

  @Test
  void anInitializerOfSeveralLinesHasOneFrameThatNamesItsLine() throws CellFailure {
    run("int fail() { throw new IllegalStateException(); }");
    String text = text(failure("var list =\n    java.util.List.of(\n        fail());"));
    assertEquals("    at cell [2]: line 3", text.lines().reduce((first, last) -> last).orElse(""));
    assertEquals(4, text.lines().count(), text);
  }

  @Test
  void anExceptionClassOfTheNotebookHasItsOwnName() throws CellFailure {
    run("class Sorry extends RuntimeException {}");
    assertEquals("Sorry", failure("throw new Sorry();").name());
  }

  @Test
  void completenessIsToldApart() {
    CodeHelp help = engine.help();
    for (String code : List.of("1 + 1", "int x = 3;", "", "class A {}\nnew A()", "// only")) {
      assertEquals(new Completeness.Complete(), help.completeness(code), code);
    }
    assertEquals(new Completeness.Incomplete("  "), help.completeness("if (true) {"));
    assertEquals(
        new Completeness.Incomplete("    "), help.completeness("for (;;) {\n  f(x, () -> {"));
    for (String code : List.of("int x = = 3;", "foo bar baz)", "1 +* ;", "class 3 {}")) {
      assertEquals(new Completeness.Invalid(), help.completeness(code), code);
    }
  }

  @Test
  void completionKnowsVariablesOfTheCellThatHasNotRun() {
    String code = "var list = new java.util.ArrayList<String>();\nlist.trimTo";
    CodeHelp.Completions found = engine.help().complete(code, code.length());
    assertEquals(List.of("trimToSize()"), found.matches());
    assertEquals("trimTo", code.substring(found.start(), found.end()));
  }

  @Test
  void completionWorksInsideAMethodBody() {
    String code = "int n = 1;\nint f(String text) {\n  return text.codePointCo";
    assertEquals(List.of("codePointCount("), engine.help().complete(code, code.length()).matches());
  }

  @Test
  void inspectionWorksAnywhereInAName() {
    String code = "int n = 1;\nString t = \"a\";\nt.substring(1);\nint after = 2;";
    for (String place : List.of("substring", "bstring", "(1)")) {
      var found = engine.help().inspect(code, code.indexOf(place));
      assertFalse(found.isEmpty(), place);
      assertTrue(found.getFirst().signature().contains("substring(int"), found.toString());
    }
    String use = "int n = 1;\nint after = n + 1;";
    var variable = engine.help().inspect(use, use.lastIndexOf("n"));
    assertTrue(variable.getFirst().signature().contains("n"), variable.toString());
  }
}
