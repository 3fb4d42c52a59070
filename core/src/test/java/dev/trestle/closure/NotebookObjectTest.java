package dev.trestle.closure;

import static dev.trestle.closure.Rig.assertContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Objects of notebook classes, which are hardly ever Serializable, on their way there and back. */
class NotebookObjectTest {
  private static Rig rig;

  @BeforeAll
  static void start() {
    rig = new Rig();
    rig.cell("record Cfg(int a, String b) {}");
  }

  @AfterAll
  static void end() {
    rig.close();
  }

  @Test
  void aRecordIsAnArgumentAndAResult() {
    Object result =
        rig.run(
            "(Task<Cfg, Cfg>) c -> new Cfg(c.a() + 1, c.b() + \"!\")", value("new Cfg(1, \"x\")"));
    assertEquals(value("new Cfg(2, \"x!\")"), result);
  }

  @Test
  void aRecordIsCaptured() {
    rig.cell("Task<Integer, String> with(Cfg c) { return x -> c.b().repeat(x * c.a()); }");
    assertEquals("zzzzzz", rig.run("with(new Cfg(2, \"z\"))", 3));
  }

  @Test
  void collectionsOfRecordsTravelBothWays() {
    rig.cell("List<Cfg> all = List.of(new Cfg(1, \"a\"), new Cfg(2, \"b\"));");
    rig.cell("Cfg[] some = {new Cfg(3, \"c\")};");
    assertEquals(
        value("Map.of(\"a\", all.get(0), \"b\", all.get(1), \"c\", some[0])"),
        rig.run(
            "(Task<Object, Map<String, Cfg>>) x -> Stream.concat(all.stream(), Stream.of(some)).collect(Collectors.toMap(c -> c.b(), c -> c))",
            null));
  }

  @Test
  void recordsAreKeysOfAHashMap() {
    rig.cell("var byCfg = new HashMap<>(Map.of(new Cfg(1, \"a\"), 10, new Cfg(2, \"b\"), 20));");
    assertEquals(20, rig.run("(Task<Cfg, Integer>) c -> byCfg.get(c)", value("new Cfg(2, \"b\")")));
  }

  @Test
  void objectsAreKeysOfAHashSetThroughTheirOwnHashCode() {
    rig.cell(
        """
        class Id {
          private final Cfg cfg;
          Id(int n) { cfg = new Cfg(n, "id"); }
          public int hashCode() { return cfg.hashCode(); }
          public boolean equals(Object o) { return o instanceof Id id && id.cfg.equals(cfg); }
        }
        """);
    rig.cell("record Bag(Id first, Set<Id> ids) {}");
    rig.cell("var one = new Id(1);");
    rig.cell("var bag = new Bag(one, new HashSet<>(List.of(one, new Id(2))));");
    assertEquals(
        true,
        rig.run(
            "(Task<Object, Boolean>) x -> bag.ids().contains(new Id(2)) && bag.ids().contains(bag.first())",
            null));
  }

  @Test
  void anObjectKeepsItsStateAndThatOfItsSuperclass() {
    rig.cell("class Base { private long stamp = 7; long stamp() { return stamp; } }");
    rig.cell(
        "class Child extends Base { double[] values = {1, 2}; transient String cache = \"c\"; }");
    rig.cell("var child = new Child(); child.values[1] = 5;");
    assertEquals(
        "7 5.0 null",
        rig.run(
            "(Task<Object, String>) x -> child.stamp() + \" \" + child.values[1] + \" \" + child.cache",
            null));
  }

  @Test
  void aSerializableClassDoesNotLoseItsPlainSuperclass() {
    rig.cell("class Ground { int level = 1; }");
    rig.cell("class Floor extends Ground implements Serializable { int number = 2; }");
    rig.cell("var floor = new Floor(); floor.level = 40;");
    assertEquals(42, rig.run("(Task<Object, Integer>) x -> floor.level + floor.number", null));
  }

  @Test
  void anInnerObjectTakesItsOuterAlong() {
    rig.cell("class Outer { int q = 4; class Inner { int r = 1; int sum() { return q + r; } } }");
    rig.cell("var outer = new Outer(); outer.q = 9; var inner = outer.new Inner();");
    assertEquals(10, rig.run("(Task<Object, Integer>) x -> inner.sum()", null));
  }

  @Test
  void aCycleOfObjectsStaysACycle() {
    rig.cell(
        "class Node { String name; Node next; List<Node> friends = new ArrayList<>(); Node(String n) { name = n; } }");
    rig.cell(
        "var a = new Node(\"a\"); var b = new Node(\"b\"); a.next = b; b.next = a; a.friends.add(b); b.friends.add(a);");
    assertEquals(
        true,
        rig.run(
            "(Task<Object, Boolean>) x -> a.next.next == a && a.friends.get(0) == b && b.friends.get(0) == a",
            null));
  }

  @Test
  void aResultKeepsSharedObjectsShared() {
    var result =
        assertInstanceOf(
            List.class,
            rig.run(
                "(Task<Integer, List<Cfg>>) x -> { var c = new Cfg(x, \"s\"); return new ArrayList<>(List.of(c, c)); }",
                1));
    assertSame(result.get(0), result.get(1));
  }

  @Test
  void aTaskThatItsOwnObjectHoldsTravels() {
    rig.cell(
        """
        class Machine {
          int factor = 3;
          Task<Integer, Integer> task = x -> x * factor;
        }
        """);
    assertEquals(12, rig.run("new Machine().task", 4));
  }

  @Test
  void enumConstantsAndClassesStayTheOnesOfTheNotebook() {
    rig.cell("enum Tone { WARM, COLD }");
    assertSame(
        value("Tone.COLD"),
        rig.run("(Task<Tone, Tone>) t -> Tone.values()[1 - t.ordinal()]", value("Tone.WARM")));
    assertSame(value("Cfg.class"), rig.run("(Task<Object, Class<?>>) x -> Cfg.class", null));
  }

  @Test
  void anArgumentMayContainATask() {
    rig.cell("int margin = 6;");
    rig.cell("record Plan(Task<Integer, Integer> step) {}");
    assertEquals(
        10,
        rig.run(
            "(Task<Plan, Integer>) p -> p.step().apply(4)", value("new Plan(x -> x + margin)")));
  }

  @Test
  void aComparatorFromTheNotebookInATreeMapTravels() {
    rig.cell(
        "class Backwards implements Comparator<String> { public int compare(String a, String b) { return b.compareTo(a); } }");
    rig.cell(
        "var sorted = new TreeMap<String, Integer>(new Backwards()); sorted.put(\"a\", 1); sorted.put(\"b\", 2);");
    assertEquals("b", rig.run("(Task<Object, String>) x -> sorted.firstKey()", null));
  }

  @Test
  void aChangedRecordIsANewRecord() {
    rig.cell("record Version(int major) {}");
    assertEquals(
        value("new Version(2)"), rig.run("(Task<Integer, Version>) x -> new Version(x)", 2));
    rig.cell("record Version(int major, int minor) {}");
    assertEquals(
        value("new Version(2, 0)"), rig.run("(Task<Integer, Version>) x -> new Version(x, 0)", 2));
  }

  @Test
  void aRecordThatLeadsBackToItselfIsRefused() {
    rig.cell("record Ring(List<Object> members) {}");
    rig.cell("var ring = new Ring(new ArrayList<>()); ring.members().add(ring);");
    assertContains(
        "record Ring leads back to itself",
        rig.refusal("(Task<Object, Object>) x -> ring.members().size()"));
  }

  @Test
  void aLongChainOfObjectsIsRefusedWithAdvice() {
    rig.cell("class Link { Link next; Link(Link next) { this.next = next; } }");
    rig.cell("Link chain = null; for (int i = 0; i < 200_000; i++) chain = new Link(chain);");
    assertContains(
        "put them into a list", rig.refusal("(Task<Object, Object>) x -> chain.next == null"));
  }

  @Test
  void aSuperclassWithHiddenStateIsRefused() {
    rig.cell("class Beat extends Thread { int n; }");
    rig.cell("var beat = new Beat();");
    assertContains(
        "its superclass java.lang.Thread", rig.refusal("(Task<Object, Object>) x -> beat.n"));
  }

  @Test
  void anArgumentThatCannotTravelIsRefused() {
    var refused =
        assertThrows(CaptureException.class, () -> rig.encoder.encodeArgument(new Thread()));
    assertEquals(
        "the argument cannot be sent to a worker: java.lang.Thread is not serialisable. Create it"
            + " inside the task, or pass what it needs as an argument",
        refused.getMessage());
  }

  @Test
  void aResultThatCannotTravelSaysSo() {
    assertEquals(
        "the result of the task cannot be sent back: it leads to java.lang.Thread, which is not"
            + " serialisable. Return numbers, text, records, or collections of them",
        rig.failure("(Task<Object, Object>) x -> List.of(new Thread())", null).getMessage());
  }

  private static Object value(String expression) {
    return rig.notebook.value(expression);
  }
}
