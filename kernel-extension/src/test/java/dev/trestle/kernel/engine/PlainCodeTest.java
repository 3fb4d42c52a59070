package dev.trestle.kernel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs past JShell has to do what JShell does. */
public class PlainCodeTest { // public for cells
  private static final List<String> CELLS =
      List.of(
          // What the others stand on.
          "import java.util.*; import java.util.function.*; import java.util.stream.*;",
          "int x = 3; int[] numbers = {1, 2, 3}; String text = \"a;b // c\"; Object nothing = null;",
          "int twice(int n) { return 2 * n; }",
          "<T> T same(T value) { return value; }",
          "void quiet() { x++; }",
          "record Point(int x, int y) { int sum() { return x + y; } }",
          "class Box<T extends Comparable<T>> { T held; Box(T held) { this.held = held; } }",
          "sealed interface Shape {} record Circle(double r) implements Shape {}",
          "var box = new Box<>(\"held\");",
          // Expressions.
          "1 + 1",
          "x",
          "x;",
          "(x)",
          "x + 1;",
          "x = 4",
          "x = x + 1;",
          "x += 2",
          "x++",
          "--x;",
          "numbers[1] = 7",
          "numbers[1]",
          "box.held = \"other\"",
          "twice(x)",
          "twice(x); // a comment",
          "/* before */ twice(\n  x) /* after */",
          "quiet()",
          "quiet();",
          "this",
          "null",
          "nothing",
          "(String) null",
          "text + ';'",
          "\"\"\"\n  a\n    b\"\"\"",
          "x < 3",
          "x < 3 && twice(x) > 2",
          "true ? 1 : 2.0",
          "true ? 1 : 'c'",
          "1 / 2.0f",
          "1L << 40",
          "(byte) 300",
          "'a' + 1",
          "\"\\u0041\"",
          "int.class",
          "int[].class",
          "new int[] {1, 2}.length",
          "new int[2][3].length",
          "new Point(1, 2)",
          "new Point(1, 2).sum()",
          "new Point(1, 2);",
          "new Object() { int seven() { return 7; } }.seven()",
          "List.of(1, 2)",
          "List.of()",
          "same(List.of(1)).get(0) + 1",
          "new ArrayList<>(List.of(x)) {{ add(1); }}.size()",
          "Stream.of(1, 2, 3).map(i -> i * x).toList()",
          "Stream.of(1, 2, 3).mapToInt(Integer::intValue).sum()",
          "Stream.of(\"a\", \"bb\").collect(Collectors.toMap(s -> s, String::length))",
          "((Supplier<Integer>) () -> x).get()",
          "() -> 1",
          "switch (x) { case 1 -> \"one\"; default -> \"many\"; }",
          "nothing instanceof String s ? s : \"no\"",
          "(Shape) new Circle(1) instanceof Circle(double r) ? r : 0",
          // Statements.
          "for (int i = 0; i < 3; i++) { x += i; }",
          "for (int i : numbers) x += i;",
          "for (;;) { break; }",
          "while (x > 10) x--;",
          "do { x++; } while (x < 5);",
          "if (x > 3) { x = 1; } else { x = 2; }",
          "if (x > 3) x = 1;",
          "{ int y = x; x = y + 1; }",
          "{ class Local { int v = x; } x = new Local().v + 1; }",
          "switch (x) { case 1: x = 5; break; default: x = 6; }",
          "switch (new Point(x, 1)) { case Point(int a, int b) -> x = a + b; }",
          "try { Object o = numbers[9]; } catch (ArrayIndexOutOfBoundsException e) { x = 9; }",
          "try (var s = Stream.of(1)) { x = (int) s.count(); }",
          "synchronized (text) { x = 8; }",
          "here: for (;;) { for (;;) { break here; } }",
          "assert x > 100;",
          ";",
          "return;",
          "Runnable r = () -> x = 77; r.run();",
          "x = 1; x + 1; int after = 3; after + x",
          // Declarations, which are none of its business, and what they are for later code.
          "int y = 3, z = 4;",
          "y + z",
          "final int fixed = 1; fixed + 1",
          "String x = \"now text\";",
          "x.length()",
          "int twice(int n) { return n + n + 1; }",
          "twice(2)",
          "record Point(int x, int y) { int sum() { return -1; } }",
          "new Point(1, 2).sum()",
          "enum Colour { RED, GREEN } Colour.GREEN.ordinal()",
          "interface Named { default String name() { return \"n\"; } }",
          "new Named() {}.name()",
          "import java.time.*;",
          "Duration.ofMinutes(2).toSeconds()",
          "int later() { return notYet() + 1; }",
          "later()",
          "int notYet() { return 4; }",
          "later()",
          // Failures.
          "absent",
          "absent + 1",
          "absent()",
          "x + ",
          "int = 3;",
          "text.nowhere()",
          "\"a\" - 1",
          "numbers = \"text\"",
          "break;",
          "1 / 0",
          "Math.max(1,\n  1 / 0)",
          "int before = 1;\n\nnumbers[before + 9]",
          "numbers[7] = 1",
          "List.of(1)\n  .stream()\n  .map(i -> {\n    return i / 0;\n  })\n  .toList()",
          "for (int i = 0; i < 3; i++) {\n  x = x + \".\";\n  if (i == 2) {\n    throw new IllegalStateException(\"at \" + i);\n  }\n}",
          "x",
          "throw new Exception(\"checked\", new RuntimeException(\"cause\"));",
          "Objects.requireNonNull(nothing)",
          "twice(Integer.parseInt(\"q\"))",
          "int zero = 0; int inverse(int n) {\n  return 1 / n;\n}",
          "inverse(zero)",
          "Stream.of(numbers.length, x.length(), y, z, zero, before).toList()");

  private final List<String> notices = new ArrayList<>();
  private final Engine engine = new Engine(List.of(), notices::add);
  private int cells;

  @AfterEach
  void close() {
    engine.close();
  }

  private Object run(String code) throws CellFailure {
    return engine.run(new Cell(++cells), code);
  }

  @Test
  @Tag("slow")
  void eachCellDoesWhatItDoesInJShell() {
    List<String> itsNotices = new ArrayList<>();
    try (Engine jshell = Engine.withJShellAlone(List.of(), itsNotices::add)) {
      for (int i = 0; i < CELLS.size(); i++) {
        assertEquals(outcome(jshell, i), outcome(engine, i));
      }
    }
    assertEquals(itsNotices, notices);
  }

  /** A cell and what becomes of it: a value with its class, or what the user reads. */
  private static String outcome(Engine engine, int cell) {
    String code = CELLS.get(cell);
    try {
      Object value = engine.run(new Cell(cell + 1), code);
      return code + "\n  -> " + (value == null ? "nothing" : described(value));
    } catch (CellFailure failure) {
      return "%s\n  -> %s: %s\n%s"
          .formatted(
              code,
              failure.name(),
              failure.message(),
              String.join("\n", failure.traceback()).replaceAll("\u001b\\[[0-9;]*m", ""));
    }
  }

  private static String described(Object value) {
    // Without what numbers the notebook's classes and objects.
    return (value.getClass().getName() + " " + value)
        .replaceAll("\\$JShell\\$\\d+[A-Z]*", "")
        .replaceAll("@[0-9a-f]+", "");
  }

  @Test
  void expressionsAndStatementsRunPastJShell() throws CellFailure {
    run(
        "String where() { return StackWalker.getInstance().walk("
            + "frames -> frames.skip(1).findFirst().get().getClassName()); } String place;");
    for (String code : List.of("where()", "where();", "\"\" + where()", "where().strip()")) {
      assertTrue(isPlain((String) run(code)), code);
    }
    for (String code :
        List.of("place = where()", "if (true) { place = where(); }", "place = where() + 1;")) {
      assertNull(run(code));
      assertTrue(isPlain((String) run("place")), code);
    }
  }

  private static boolean isPlain(String className) {
    return className.startsWith("REPL.$JShell$" + PlainCode.FIRST_NUMBER / 1000);
  }

  @Test
  void anErrorBelowACommentNamesItsOwnLine() throws CellFailure {
    run("int[] few = {1};");
    String code = "few[0]++;\n\n// why\nfew[few.length + 9]";
    CellFailure failure = assertThrows(CellFailure.class, () -> run(code));
    assertTrue(failure.traceback().toString().contains("line 4"), failure.traceback().toString());
  }

  @Test
  void aJarThatIsAddedLaterIsSeen(@TempDir Path folder) throws Exception {
    assertThrows(CellFailure.class, () -> run("new late.Comer().toString()"));
    Path source = folder.resolve("late/Comer.java");
    Files.createDirectories(source.getParent());
    Files.writeString(
        source, "package late; public class Comer { public String toString() { return \"in\"; } }");
    ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString());
    engine.addToClasspath(folder.toString());
    assertEquals("in", run("new late.Comer().toString()"));
  }

  @Test
  void codeThatRunsMayRunCodeThatDeclares() throws CellFailure {
    Runnable inner =
        () -> {
          try {
            run("int declared = 5;");
            assertEquals(6, run("declared + 1"));
          } catch (CellFailure e) {
            throw new IllegalStateException(e);
          }
        };
    Handed.task = inner;
    run("dev.trestle.kernel.engine.PlainCodeTest.Handed.task.run()");
    assertEquals(5, run("declared"));
  }

  /** For cells. */
  public static final class Handed {
    public static Runnable task = () -> {};

    private Handed() {}
  }
}
