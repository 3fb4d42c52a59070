package dev.trestle.closure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The next call sees what the notebook has changed, and nothing of what a worker has. */
class IsolationTest {
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
  void aMutableCollectionIsSentAnewWithEachCall() {
    rig.cell("Map<String, List<Integer>> groups = new TreeMap<>();");
    rig.cell("groups.put(\"a\", new ArrayList<>(List.of(1)));");
    Object task =
        rig.notebook.value(
            "(Task<Integer, String>) x -> { groups.get(\"a\").add(x); return groups.toString(); }");
    assertEquals("{a=[1, 7]}", rig.run(task, 7));
    rig.cell("groups.get(\"a\").add(2);");
    assertEquals("{a=[1, 2, 8]}", rig.run(task, 8));
    assertEquals("{a=[1, 2]}", rig.notebook.value("groups.toString()"));
  }

  @Test
  void aRecordThatHoldsAListIsSentAnew() {
    rig.cell("record Basket(String of, List<String> fruit) {}");
    rig.cell("var basket = new Basket(\"me\", new ArrayList<>(List.of(\"fig\")));");
    Object task =
        rig.notebook.value(
            "(Task<String, String>) s -> { basket.fruit().add(s); return basket.toString(); }");
    assertEquals("Basket[of=me, fruit=[fig, kiwi]]", rig.run(task, "kiwi"));
    rig.cell("basket.fruit().set(0, \"plum\");");
    assertEquals("Basket[of=me, fruit=[plum, lime]]", rig.run(task, "lime"));
    assertEquals("Basket[of=me, fruit=[plum]]", rig.notebook.value("basket.toString()"));
  }

  @Test
  void aStaticFieldIsSentAnew() {
    rig.cell("class Meter { static int count = 1; static int next() { return ++count; } }");
    Object task = rig.notebook.value("(Task<Object, Integer>) x -> Meter.next()");
    assertEquals(2, rig.run(task, null));
    assertEquals(2, rig.run(task, null));
    rig.cell("Meter.count = 10;");
    assertEquals(11, rig.run(task, null));
    assertEquals(10, rig.notebook.value("Meter.count"));
  }

  @Test
  void whatAStaticFinalHoldsIsSentAnew() {
    rig.cell(
        """
        class Registry {
          static final List<String> NAMES = new ArrayList<>();
          static final long[] COUNTS = {0};
          static String add(String s) { NAMES.add(s); COUNTS[0]++; return NAMES + " " + COUNTS[0]; }
        }
        """);
    Object task = rig.notebook.value("(Task<String, String>) s -> Registry.add(s)");
    assertEquals("[x] 1", rig.run(task, "x"));
    rig.cell("Registry.add(\"mine\");");
    assertEquals("[mine, y] 2", rig.run(task, "y"));
    assertEquals("[mine] 1", rig.notebook.value("Registry.NAMES + \" \" + Registry.COUNTS[0]"));
  }

  @Test
  void aStaticFinalThatCannotTravelIsMadeAgain() {
    rig.cell(
        """
        class Guarded {
          static final Object LOCK = new Object();
          static final ThreadLocal<Integer> HELD = ThreadLocal.withInitial(() -> 5);
          static int get() { synchronized (LOCK) { return HELD.get(); } }
        }
        """);
    assertEquals(6, rig.run("(Task<Integer, Integer>) x -> x + Guarded.get()", 1));
  }

  @Test
  void constantsOfEnumsAndInterfacesAreTheirOwn() {
    rig.cell("interface Limits { List<Integer> ALL = List.of(3, 4); }");
    rig.cell("enum Size { S, L; static final Size FIRST = S; static Size[] all = values(); }");
    assertEquals(
        "true true [3, 4] S",
        rig.run(
            "(Task<Object, String>) x -> (Size.FIRST == Size.S) + \" \" + (Size.all[1] == Size.L)"
                + " + \" \" + Limits.ALL + \" \" + switch (Size.FIRST) { case S -> \"S\"; case L -> \"L\"; }",
            null));
  }

  @Test
  void aVariableThatComesToHoldOtherCodeBringsIt() {
    rig.cell("interface Greeting { String to(String name); }");
    rig.cell(
        "class Short implements Greeting { public String to(String n) { return \"hi \" + n; } }");
    rig.cell("String mark = \"!\";");
    rig.cell("class Loud implements Greeting { public String to(String n) { return n + mark; } }");
    rig.cell("Greeting greeting = new Short();");
    Object task = rig.notebook.value("(Task<String, String>) n -> greeting.to(n)");
    assertEquals("hi Ada", rig.run(task, "Ada"));
    assertEquals("hi Bob", rig.run(task, "Bob"));
    rig.cell("greeting = new Loud();");
    assertEquals("Ada!", rig.run(task, "Ada"));
    rig.cell("mark = \"?\";");
    assertEquals("Ada?", rig.run(task, "Ada"));
  }

  @Test
  void anElementOfANewClassInAListBringsIt() {
    rig.cell("record Kilo(int n) {}");
    rig.cell("record Mile(int n) {}");
    rig.cell("List<Object> lengths = new ArrayList<>(List.of(new Kilo(1)));");
    Object task = rig.notebook.value("(Task<Object, String>) x -> lengths.toString()");
    assertEquals("[Kilo[n=1]]", rig.run(task, null));
    rig.cell("lengths.add(new Mile(2));");
    assertEquals("[Kilo[n=1], Mile[n=2]]", rig.run(task, null));
  }
}
