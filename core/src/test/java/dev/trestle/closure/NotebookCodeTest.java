package dev.trestle.closure;

import static dev.trestle.closure.Rig.assertContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What code from cells may use in a worker. The notebook is one, as a user's would be. */
class NotebookCodeTest {
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
  void anInlineLambdaRunsElsewhere() {
    assertEquals(42, rig.run("(Task<Integer, Integer>) x -> x + 2", 40));
  }

  @Test
  void itRunsInAnotherProcess() {
    assertNotEquals(
        ProcessHandle.current().pid(),
        rig.run("(Task<Object, Long>) x -> ProcessHandle.current().pid()", null));
  }

  @Test
  void localsOfANotebookMethodAreCaptured() {
    rig.cell(
        """
        Task<Integer, String> adder(int plus, String unit) {
          List<Integer> factors = List.of(2, 3);
          return x -> (x + plus) * factors.get(1) + unit;
        }
        """);
    assertEquals("18 m", rig.run("adder(4, \" m\")", 2));
  }

  @Test
  void methodsCallMethods() {
    rig.cell("int twice(int x) { return 2 * x; }");
    rig.cell("int twicePlusOne(int x) { return twice(x) + 1; }");
    assertEquals(15, rig.run("(Task<Integer, Integer>) x -> twicePlusOne(x)", 7));
  }

  @Test
  void aMethodMayCallItself() {
    rig.cell("long factorial(int n) { return n < 2 ? 1 : n * factorial(n - 1); }");
    assertEquals(3628800L, rig.run("(Task<Integer, Long>) n -> factorial(n)", 10));
  }

  @Test
  void aMethodReferenceToANotebookMethodIsATask() {
    rig.cell("class Tools { static String shout(String s) { return s.toUpperCase() + \"!\"; } }");
    assertEquals("HAY!", rig.run("(Task<String, String>) Tools::shout", "hay"));
  }

  @Test
  void aReferenceToAMethodOfAnObjectTakesTheObjectAlong() {
    rig.cell(
        "class Scale { final int by; Scale(int by) { this.by = by; } int of(int x) { return x * by; } }");
    assertEquals(21, rig.run("(Task<Integer, Integer>) new Scale(3)::of", 7));
  }

  @Test
  void aClassWithFieldsAndANestedClassCanBeUsedInside() {
    rig.cell(
        """
        class Account {
          private int balance;
          static class Entry { final int amount; Entry(int amount) { this.amount = amount; } }
          class Teller { int add(Entry e) { return balance += e.amount; } }
          int book(int... amounts) {
            Teller teller = new Teller();
            for (int each : amounts) teller.add(new Entry(each));
            return balance;
          }
        }
        """);
    assertEquals(9, rig.run("(Task<Integer, Integer>) x -> new Account().book(x, 3, 2)", 4));
  }

  @Test
  void anEnumWithBodiesWorksInASwitch() {
    rig.cell(
        """
        enum Level {
          LOW { int weight() { return 1; } }, HIGH { int weight() { return 10; } };
          abstract int weight();
        }
        """);
    rig.cell(
        """
        String name(Level level) {
          return switch (level) { case LOW -> "l" + level.weight(); case HIGH -> "h" + level.weight(); };
        }
        """);
    assertEquals(
        List.of("l1", "h10"),
        rig.run(
            "(Task<Object, List<String>>) x -> Arrays.stream(Level.values()).map(l -> name(l)).toList()",
            null));
  }

  @Test
  void aLambdaOfANotebookInterfaceMayBeMadeInside() {
    rig.cell("int offset = 100;");
    rig.cell(
        """
        interface Rule {
          double of(double x);
          default Rule then(Rule next) { return x -> next.of(of(x)) + offset; }
        }
        """);
    assertEquals(
        109.0,
        rig.run(
            "(Task<Double, Double>) x -> { Rule r = y -> y * y; return r.then(z -> z).of(x); }",
            3.0));
  }

  @Test
  void aDefaultMethodCalledOnlyByCompiledCodeIsFound() {
    rig.cell("int bonus = 5;");
    rig.cell(
        "interface Plus extends IntUnaryOperator { int raw(int x); default int applyAsInt(int x) { return raw(x) + bonus; } }");
    assertEquals(
        16,
        rig.run(
            "(Task<Integer, Integer>) x -> { Plus p = y -> y; return IntStream.of(x).map(p).sum(); }",
            11));
  }

  @Test
  void sealedTypesAndPatternsWork() {
    rig.cell(
        """
        sealed interface Shape {
          record Circle(double r) implements Shape {}
          record Box(double w, double h) implements Shape {}
        }
        """);
    rig.cell(
        """
        double area(Shape shape) {
          return switch (shape) { case Shape.Circle(double r) -> 3 * r * r; case Shape.Box(double w, double h) -> w * h; };
        }
        """);
    assertEquals(
        18.0,
        rig.run(
            "(Task<Double, Double>) x -> area(new Shape.Circle(x)) + area(new Shape.Box(x, 3))",
            2.0));
  }

  @Test
  void aGenericMethodWithABoundWorks() {
    rig.cell(
        """
        <T extends Comparable<T>> T largest(Collection<? extends T> all) {
          Iterator<? extends T> each = all.iterator();
          T best = each.next();
          while (each.hasNext()) { T next = each.next(); if (next.compareTo(best) > 0) best = next; }
          return best;
        }
        """);
    assertEquals(
        "pear",
        rig.run("(Task<List<String>, String>) l -> largest(l)", List.of("fig", "pear", "apple")));
  }

  @Test
  void anAnonymousClassInsideWorks() {
    assertEquals(
        List.of(3, 2, 1),
        rig.run(
            """
            (Task<List<Integer>, List<Integer>>) l -> {
              var copy = new ArrayList<>(l);
              copy.sort(new Comparator<Integer>() {
                public int compare(Integer a, Integer b) { return Integer.compare(b, a); }
              });
              return copy;
            }
            """,
            List.of(1, 3, 2)));
  }

  @Test
  void streamsAndStringConcatenationWork() {
    rig.cell("String label(int i) { return \"<\" + i + \">\"; }");
    assertEquals(
        "<1>,<3>",
        rig.run(
            "(Task<Integer, String>) n -> IntStream.rangeClosed(1, n).filter(i -> i % 2 == 1).mapToObj(i -> label(i)).collect(Collectors.joining(\",\"))",
            4));
  }

  @Test
  void exceptionsOfTheNotebookAreThrownAndCaught() {
    rig.cell(
        "class TooSmall extends Exception { final int by; TooSmall(int by) { super(\"by \" + by); this.by = by; } }");
    rig.cell(
        "int check(int x) throws TooSmall { if (x < 5) throw new TooSmall(5 - x); return x; }");
    assertEquals(
        -3,
        rig.run(
            "(Task<Integer, Integer>) x -> { try { return check(x); } catch (TooSmall e) { return -e.by; } }",
            2));
    Throwable thrown = rig.failure("(Task<Integer, Integer>) x -> check(x)", 1);
    assertEquals("by 4", thrown.getMessage());
    assertEquals(rig.notebook.value("TooSmall.class"), thrown.getClass());
    assertEquals("check", thrown.getStackTrace()[0].getMethodName());
  }

  @Test
  void aTaskMayBeAnAnonymousClass() {
    assertEquals(
        "ab",
        rig.run(
            "new Task<String, String>() { String first = \"a\"; public String apply(String s) { return first + s; } }",
            "b"));
  }

  @Test
  void aTaskMayBeAnObjectOfANotebookClass() {
    rig.cell(
        """
        class Power implements Task<Integer, Integer> {
          private final int exponent;
          Power(int exponent) { this.exponent = exponent; }
          public Integer apply(Integer base) { return (int) Math.pow(base, exponent); }
        }
        """);
    assertEquals(125, rig.run("new Power(3)", 5));
  }

  @Test
  void aChangedMethodIsUsedWithItsNewBody() {
    rig.cell("int step(int x) { return x + 1; }");
    rig.cell("int walk(int x) { return step(step(x)); }");
    assertEquals(2, rig.run("(Task<Integer, Integer>) x -> walk(x)", 0));
    rig.cell("int step(int x) { return x + 10; }");
    assertEquals(20, rig.run("(Task<Integer, Integer>) x -> walk(x)", 0));
  }

  @Test
  void aMethodMayStandBeforeWhatItUses() {
    rig.cell("int early(int x) { return late(x) + lateValue; }");
    rig.cell("int late(int x) { return x * 2; }");
    rig.cell("int lateValue = 7;");
    assertEquals(17, rig.run("(Task<Integer, Integer>) x -> early(x)", 5));
  }

  @Test
  void aMethodWithAnUndefinedReferenceIsNamed() {
    rig.cell("int dangling(int x) { return neverDefined(x); }");
    assertContains("lambda -> dangling", rig.refusal("(Task<Integer, Integer>) x -> dangling(x)"));
  }

  @Test
  void otherLambdasOfTheSameCellStayBehind() {
    rig.cell("Thread unrelated = new Thread();");
    rig.cell(
        """
        List<Task<Integer, Integer>> both() {
          return List.of(x -> x + 1, x -> x + (unrelated.isAlive() ? 1 : 0));
        }
        """);
    assertEquals(2, rig.run("both().get(0)", 1));
  }

  @Test
  void codeThatDoesNotRunMayNameOtherClasses() {
    rig.cell("class Root {}");
    rig.cell("class Leaf extends Root {}");
    rig.cell("int take(Root root) { return root.hashCode(); }");
    rig.cell(
        """
        List<Task<Integer, Integer>> pair() {
          return List.of(x -> x * 2, x -> take(x > 0 ? new Leaf() : new Root()));
        }
        """);
    assertEquals(6, rig.run("pair().get(0)", 3));
  }

  @Test
  void assertionsAndClassLiteralsWork() {
    rig.cell("class Marker {}");
    rig.cell(
        "String describe(Object o) { assert o != null; return Marker.class.getSimpleName() + o; }");
    assertEquals("Marker1", rig.run("(Task<Integer, String>) x -> describe(x)", 1));
  }

  @Test
  void aTaskInsideATaskMayBeReturned() {
    rig.cell("int grow(int x) { return x + 1000; }");
    Object inner = rig.run("(Task<Integer, Task<Integer, Integer>>) x -> y -> grow(x + y)", 3);
    assertEquals(1007, rig.run(Objects.requireNonNull(inner), 4));
  }
}
