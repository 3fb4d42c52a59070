package dev.trestle.closure;

import static dev.trestle.closure.Rig.assertContains;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which values a task finds in the notebook's variables. */
class NotebookVariableTest {
  private static Rig rig;

  @BeforeAll
  static void start() {
    rig = new Rig();
  }

  @AfterAll
  static void end() {
    rig.close();
  }

  @Test
  void aVariableHasItsPresentValue() {
    rig.cell("int minAlt = 1;");
    Object task = rig.notebook.value("(Task<Integer, Boolean>) x -> x >= minAlt");
    assertEquals(true, rig.run(task, 3));
    rig.cell("minAlt = 5");
    assertEquals(false, rig.run(task, 3));
  }

  @Test
  void aVariableReadByAMethodOfAMethodTravels() {
    rig.cell("String unit = \"km\";");
    rig.cell("String withUnit(int x) { return x + unit; }");
    rig.cell("String row(int x) { return \"|\" + withUnit(x) + \"|\"; }");
    assertEquals("|3km|", rig.run("(Task<Integer, String>) x -> row(x)", 3));
  }

  @Test
  void aVariableMayGetANewType() {
    rig.cell("var limit = 3;");
    assertEquals("3", rig.run("(Task<Object, String>) x -> String.valueOf(limit)", null));
    rig.cell("var limit = List.of(\"a\", \"b\");");
    assertEquals("[a, b]", rig.run("(Task<Object, String>) x -> String.valueOf(limit)", null));
  }

  @Test
  void arraysMapsAndNullTravel() {
    rig.cell("double[][] grid = {{1, 2}, {3}};");
    rig.cell("Map<String, int[]> byName = new TreeMap<>(Map.of(\"a\", new int[] {1, 2}));");
    rig.cell("String nothing = null;");
    assertEquals(
        "3.0 2 null",
        rig.run(
            "(Task<String, String>) k -> grid[1][0] + \" \" + byName.get(k).length + \" \" + nothing",
            "a"));
  }

  @Test
  void whatATaskChangesIsGoneInTheNextCall() {
    rig.cell("int counter = 10;");
    rig.cell("List<String> log = new ArrayList<>(List.of(\"start\"));");
    String task =
        "(Task<String, String>) s -> { log.add(s); counter++; return counter + \"\" + log; }";
    assertEquals("11[start, x]", rig.run(task, "x"));
    assertEquals("11[start, y]", rig.run(task, "y"));
    assertEquals("10[start]", rig.notebook.value("counter + \"\" + log"));
  }

  @Test
  void twoVariablesShareAnObject() {
    rig.cell("var first = new ArrayList<Integer>(List.of(1));");
    rig.cell("var second = first;");
    assertEquals(
        List.of(1, 2),
        rig.run("(Task<Integer, List<Integer>>) x -> { first.add(x); return second; }", 2));
  }

  @Test
  void theTaskAndAVariableShareAnObject() {
    rig.cell("var pool = new ArrayList<String>();");
    rig.cell(
        "Task<String, Integer> filler(List<String> into) { return s -> { into.add(s); return pool.size(); }; }");
    assertEquals(1, rig.run("filler(pool)", "x"));
  }

  @Test
  void anUnrelatedVariableThatCannotTravelDoesNotDisturb() {
    rig.cell("Thread background = new Thread(() -> {});");
    rig.cell("int related = 2;");
    assertEquals(5, rig.run("(Task<Integer, Integer>) x -> x + related", 3));
  }

  @Test
  void aStaticFieldOfANotebookClassIsAVariableToo() {
    rig.cell(
        "class Settings { static int depth = 1; static final List<String> NAMES = List.of(\"n\"); }");
    rig.cell("Settings.depth = 8;");
    assertEquals(
        "8[n]",
        rig.run("(Task<Object, String>) x -> Settings.depth + \"\" + Settings.NAMES", null));
  }

  @Test
  void constantsAreThereBeforeConstructorsRun() {
    rig.cell("int ceiling = 100;");
    rig.cell(
        "record Capped(int value) { public Capped { if (value > ceiling) throw new IllegalArgumentException(); } }");
    rig.cell("var capped = new Capped(99);");
    assertEquals(99, rig.run("(Task<Object, Integer>) x -> capped.value()", null));
  }

  @Test
  void aVariableMayHoldATask() {
    rig.cell("int inner = 3;");
    rig.cell("Task<Integer, Integer> saved = x -> x * inner;");
    assertEquals(13, rig.run("(Task<Integer, Integer>) x -> saved.apply(x) + 1", 4));
  }

  @Test
  void anAnonymousObjectInAVariableTravels() {
    rig.cell("var point = new Object() { int x = 3; int twice() { return 2 * x; } };");
    assertEquals(6, rig.run("(Task<Object, Integer>) o -> point.twice()", null));
  }

  @Test
  void aVariableThatCannotTravelIsNamedWithTheWayToIt() {
    rig.cell("Thread th = new Thread();");
    rig.cell("boolean viaMethod() { return th.isAlive(); }");
    assertEquals(
        "notebook variable 'th' (declared Thread), used by lambda -> viaMethod, cannot be sent to a"
            + " worker: java.lang.Thread is not serialisable. Create it inside the task, or pass what"
            + " it needs as an argument",
        rig.refusal("(Task<Object, Boolean>) x -> viaMethod()"));
  }

  @Test
  void whatAVariableHoldsIsNamed() {
    rig.cell("var readers = Map.of(\"in\", new StringReader(\"\"));");
    assertContains(
        "notebook variable 'readers' (declared Map), used by lambda, cannot be sent to a worker: it"
            + " leads to java.io.StringReader, which is not serialisable",
        rig.refusal("(Task<Object, Object>) x -> readers.size()"));
  }

  @Test
  void aFieldOfANotebookObjectIsNamed() {
    rig.cell("record Source(String name, Reader in) {}");
    rig.cell("record Job(Source source) {}");
    rig.cell("var job = new Job(new Source(\"s\", new StringReader(\"\")));");
    assertContains(
        "its field 'source.in' holds java.io.StringReader, which is not serialisable",
        rig.refusal("(Task<Object, Object>) x -> job.source().name()"));
  }

  @Test
  void aPlainLambdaInAVariableIsExplained() {
    rig.cell("Function<Integer, Integer> plain = x -> x + 1;");
    assertContains(
        "notebook variable 'plain' (declared Function), used by lambda, cannot be sent to a worker:"
            + " a lambda (Function) is not serialisable. In this kind of notebook a lambda travels"
            + " when its type extends Serializable: cast it, (Function & Serializable), or write it"
            + " as a notebook method and call that. With a Java agent every lambda travels: start"
            + " the notebook's JVM with -javaagent:",
        rig.refusal("(Task<Integer, Integer>) x -> plain.apply(x)"));
  }

  @Test
  void aLambdaThatTheJdkMadeIsExplained() {
    rig.cell("Predicate<Integer> not = Predicate.not(Objects::isNull);");
    assertContains(
        "a lambda (Predicate) is not serialisable. It was made inside java.util.function.Predicate:"
            + " write out what it does as a lambda of your own",
        rig.refusal("(Task<Integer, Boolean>) x -> not.test(x)"));
  }

  @Test
  void theLargestVariablesAreNamedWhenItIsTooMuch() {
    rig.cell("byte[] small = new byte[1 << 20];");
    rig.cell("long[] large = new long[8 << 20];");
    assertEquals(
        "the task cannot be sent to a worker: it would take more than 64.0 MiB. Largest: notebook"
            + " variable 'large' (declared long[]) 63.0 MiB, notebook variable 'small' (declared"
            + " byte[]) 1.0 MiB. Tables, arrays of primitives, and collections of texts and numbers"
            + " are shared instead of sent, so put large data into those (Trestle.share,"
            + " SharedArray.of); or read it inside the task",
        rig.refusal("(Task<Integer, Integer>) x -> small.length + large.length"));
  }
}
