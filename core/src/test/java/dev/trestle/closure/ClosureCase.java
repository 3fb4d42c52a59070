package dev.trestle.closure;

import java.util.List;

/**
 * Something that cells may send to workers, the same in every kind of notebook.
 *
 * @param sentence what works
 * @param cells run before, one snippet each
 * @param expression uses {@code workers}
 * @param expected the text of its value
 * @param needsRewriting whether it takes a kernel or an agent that sees classes before they are
 *     defined
 */
public record ClosureCase(
    String sentence,
    List<String> cells,
    String expression,
    String expected,
    boolean needsRewriting) {

  /** What a notebook begins with. */
  public static final List<String> IMPORTS =
      List.of(
          "import dev.trestle.*;",
          "import java.util.*;",
          "import java.util.function.*;",
          "import java.util.stream.*;");

  /** Whether the library has to be added to the notebook before. */
  public boolean needsLibrary() {
    return expression.contains("geo.");
  }

  private static ClosureCase anywhere(
      String sentence, String expected, String expression, String... cells) {
    return new ClosureCase(sentence, List.of(cells), expression, expected, false);
  }

  private static ClosureCase rewritten(
      String sentence, String expected, String expression, String... cells) {
    return new ClosureCase(sentence, List.of(cells), expression, expected, true);
  }

  /** All of them. Their names do not meet, so that one notebook can run one after the other. */
  public static List<ClosureCase> all() {
    return List.of(
        anywhere("an inline lambda", "[42]", "workers.map(List.of(40), x -> x + 2)"),
        rewritten(
            "a lambda in a variable of type Function",
            "[2, 3]",
            "workers.map(List.of(1, 2), x -> plusOne.apply(x))",
            "Function<Integer, Integer> plusOne = x -> x + 1;"),
        rewritten(
            "a Function as the task itself",
            "[6]",
            "workers.map(List.of(3), timesTwo::apply)",
            "Function<Integer, Integer> timesTwo = x -> x * 2;"),
        rewritten(
            "a Comparator that compares by a lambda",
            "[[a, bb, ccc]]",
            "workers.map(List.of(List.of(\"ccc\", \"a\", \"bb\")),"
                + " l -> l.stream().sorted(byLength.thenComparing(s -> s)).toList())",
            "Comparator<String> byLength = Comparator.comparing(s -> s.length());"),
        rewritten(
            "lambdas in a map",
            "[8.0, 16.0]",
            "workers.map(List.of(\"twice\", \"square\"), name -> rules.get(name).apply(4.0))",
            "Map<String, UnaryOperator<Double>> rules ="
                + " Map.of(\"twice\", v -> 2 * v, \"square\", v -> v * v);"),
        rewritten(
            "a lambda of a notebook interface that captured another lambda",
            "[15]",
            "workers.map(List.of(5), x -> chained.of(x))",
            "interface Rule { int of(int x); }",
            "Rule chain(Rule a, Rule b) { return x -> b.of(a.of(x)); }",
            "Rule chained = chain(x -> x - 2, x -> x * 5);"),
        rewritten(
            "method references in variables",
            "[ULM3]",
            "workers.map(List.of(\"ulm\"), s -> shout.apply(s) + length.applyAsInt(s))",
            "Function<String, String> shout = String::toUpperCase;",
            "ToIntFunction<String> length = String::length;"),
        rewritten(
            "references to a method of an object and to a constructor",
            "[Scaled[by=6]]",
            "workers.map(List.of(2), x -> maker.apply(scale.applyAsInt(x)))",
            "record Scaled(int by) { int of(int x) { return x * by; } }",
            "IntUnaryOperator scale = new Scaled(3)::of;",
            "Function<Integer, Scaled> maker = Scaled::new;"),
        anywhere(
            "a method reference as the task",
            "[HEY]",
            "workers.map(List.of(\"hey\"), Loud::say)",
            "class Loud { static String say(String s) { return s.toUpperCase(); } }"),
        anywhere(
            "an anonymous class in a variable",
            "[[3, 2, 1]]",
            "workers.map(List.of(List.of(1, 3, 2)), l -> l.stream().sorted(down).toList())",
            "Comparator<Integer> down = new Comparator<>() {"
                + " public int compare(Integer a, Integer b) { return b - a; } };"),
        anywhere(
            "a local class",
            "[11]",
            "workers.map(List.of(1), x -> viaLocal(x))",
            "int viaLocal(int x) { class Adder { int plus(int y) { return x + y; } }"
                + " return new Adder().plus(10); }"),
        anywhere(
            "records, there and back",
            "[Trip[km=4]]",
            "workers.map(List.of(new Trip(3)), t -> new Trip(t.km() + 1))",
            "record Trip(int km) {}"),
        anywhere(
            "an enum",
            "[HIGH10]",
            "workers.map(List.of(Level.LOW), l -> l.other().name() + l.other().weight())",
            "enum Level { LOW { int weight() { return 1; } }, HIGH { int weight() { return 10; } };"
                + " abstract int weight(); Level other() { return values()[1 - ordinal()]; } }"),
        anywhere(
            "sealed types and patterns",
            "[12.0]",
            "workers.map(List.of(new Shape.Box(2, 6)), s -> area(s))",
            "sealed interface Shape { record Circle(double r) implements Shape {}"
                + " record Box(double w, double h) implements Shape {} }",
            "double area(Shape s) { return switch (s) { case Shape.Circle(double r) -> 3 * r * r;"
                + " case Shape.Box(double w, double h) -> w * h; }; }"),
        anywhere(
            "a generic class with a bound",
            "[pear]",
            "workers.map(List.of(new Best<>(List.of(\"fig\", \"pear\"))), b -> b.get())",
            "class Best<T extends Comparable<T>> { final List<T> of; Best(List<T> of) {"
                + " this.of = of; } T get() { return Collections.max(of); } }"),
        anywhere(
            "locals that a lambda captured",
            "[18 m]",
            "workers.map(List.of(2), adder(4, \" m\"))",
            "Task<Integer, String> adder(int plus, String unit) {"
                + " int[] by = {3}; return x -> (x + plus) * by[0] + unit; }"),
        anywhere(
            "a variable through methods and nested lambdas",
            "[[11, 12]]",
            "workers.map(List.of(2), n -> { Supplier<List<Integer>> all = () ->"
                + " IntStream.rangeClosed(1, n).map(i -> lifted(i)).boxed().toList();"
                + " return all.get(); })",
            "int lift = 10;",
            "int lifted(int x) { IntUnaryOperator up = y -> y + lift; return up.applyAsInt(x); }"),
        anywhere(
            "a method redefined between two calls",
            "[1] [100]",
            "before + \" \" + workers.map(List.of(0), x -> walk(x))",
            "int step(int x) { return x + 1; }",
            "int walk(int x) { return step(x); }",
            "String before = workers.map(List.of(0), x -> walk(x)).toString();",
            "int step(int x) { return x + 100; }"),
        anywhere(
            "a class redefined between two calls",
            "[Version[major=1]] [Version[major=2, minor=0]]",
            "old + \" \" + workers.map(List.of(2), x -> new Version(x, 0))",
            "record Version(int major) {}",
            "String old = workers.map(List.of(1), x -> new Version(x)).toString();",
            "record Version(int major, int minor) {}"),
        anywhere(
            "imports",
            "[1.41]",
            "workers.map(List.of(2.0), x -> new BigDecimal(sqrt(x)).setScale(2,"
                + " RoundingMode.HALF_EVEN))",
            "import java.math.*;",
            "import static java.lang.Math.sqrt;"),
        anywhere(
            "a cycle of objects",
            "[a-b-a]",
            "workers.map(List.of(\"-\"), s -> a.name + s + a.next.name + s + a.next.next.name)",
            "class Node { String name; Node next; Node(String name) { this.name = name; } }",
            "Node a = new Node(\"a\"), b = new Node(\"b\");",
            "a.next = b; b.next = a;"),
        rewritten(
            "an object whose field holds a lambda that leads back to it",
            "[12]",
            "workers.map(List.of(4), x -> machine.rule.apply(x))",
            "class Machine { int factor = 3; Function<Integer, Integer> rule = x -> x * factor; }",
            "Machine machine = new Machine();"),
        anywhere(
            "a class of a jar that was added to the running notebook",
            "[6371 km]",
            "workers.map(List.of(new geo.Geo()), (geo.Geo g) -> g.radius() + \" km\")"),
        anywhere(
            "a lambda as the result",
            "7",
            "workers.map(List.of(3), x -> adderOf(x)).get(0).apply(4)",
            "Function<Integer, Integer> adderOf(int x) { return y -> x + y; }"));
  }
}
