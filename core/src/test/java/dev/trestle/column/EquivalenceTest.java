package dev.trestle.column;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.Table;
import tech.tablesaw.selection.Selection;

/**
 * Every public method of every column class and of Table gives on mapped columns what it gives on
 * the heap, or throws the same; those that write refuse, and leave the mapped column as it was.
 *
 * <p>The methods are found by reflection, so that none is forgotten: one whose parameters nobody
 * knows how to make, or whose result nobody knows how to compare, fails the test.
 */
@Tag("slow")
class EquivalenceTest {
  private static final int MOST_CALLS = 18; // a method and a column

  /** By the class that has them, with the reason. What every object has is left out as well. */
  private static final Map<String, String> NOT_COMPARED =
      Map.of(
          "StringColumn.asBytes(int)",
          "a hash key: only which ones are equal matters, see MappedStringsTest",
          "AbstractColumn.toString()",
          "of the identity of its parts",
          "StringColumn.getDictionary()",
          "Tablesaw's own way into the column",
          "Relation.smile()",
          "needs another library");

  /** Writes what nobody sees: a bit that another one covers. */
  private static final String HIDDEN_WRITE = "missingBytes";

  private final Set<String> problems = new TreeSet<>();
  private final Set<String> refused = new TreeSet<>();
  private final Set<String> writes = new HashSet<>();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 40})
  void everyMethodOfEveryColumnGivesWhatItGivesOnTheHeap(int rows) {
    World heap = World.heap(rows, rows);
    for (int i = 0; i < heap.table().get().columnCount(); i++) {
      int column = i;
      compare(heap, World.mapped(rows, rows), world -> world.column(column));
    }
    assertNoProblems(rows);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 40})
  void everyMethodOfATableGivesWhatItGivesOnTheHeap(int rows) {
    compare(World.heap(rows, rows), World.mapped(rows, rows), world -> world.table().get());
    assertNoProblems(rows);
  }

  @Test
  void aHeapColumnTakesMappedOnesAsArgumentsLikeItsOwnKind() {
    World heap = World.heap(40, 7);
    List<World> mixed =
        World.mapped(40, 7).stream()
            .map(mapped -> new World("heap with " + mapped, 40, heap.table(), mapped.other()))
            .toList();
    for (int i = 0; i < heap.table().get().columnCount(); i++) {
      int column = i;
      compare(heap, mixed, world -> world.column(column));
    }
    compare(heap, mixed, world -> world.table().get());
    assertTrue(problems.isEmpty(), () -> String.join("\n", problems));
  }

  private void assertNoProblems(int rows) {
    assertTrue(problems.isEmpty(), () -> problems.size() + "\n" + String.join("\n", problems));
    if (rows > 1) {
      refused.removeAll(writes);
      refused.remove(HIDDEN_WRITE);
      assertEquals(Set.of(), refused, "refused as if they were writes, and change nothing");
    }
  }

  private void compare(World heap, List<World> mapped, Function<World, Object> receiver) {
    Object sample = receiver.apply(heap);
    Method[] methods = sample.getClass().getMethods();
    Arrays.sort(methods, Comparator.comparing(Method::toGenericString));
    for (Method method : methods) {
      if (method.getDeclaringClass() != Object.class
          && !Modifier.isStatic(method.getModifiers())
          && !method.isBridge()
          && !NOT_COMPARED.containsKey(
              method.getDeclaringClass().getSimpleName() + "." + signature(method))) {
        method.setAccessible(true);
        for (int[] choice : choices(method, new Arguments(heap, sample))) {
          compare(method, choice, heap, mapped, receiver);
        }
      }
    }
  }

  private void compare(
      Method method,
      int[] choice,
      World heap,
      List<World> worlds,
      Function<World, Object> receiver) {
    Object wantedReceiver = receiver.apply(heap);
    String before = Plain.of(wantedReceiver).toString();
    String wanted = call(method, choice, heap, wantedReceiver);
    String wantedAfter = Plain.of(wantedReceiver).toString();
    if (!before.equals(wantedAfter)) {
      writes.add(method.getName());
    }
    for (World mapped : worlds) {
      Object foundReceiver = receiver.apply(mapped);
      String found = call(method, choice, mapped, foundReceiver);
      String after = Plain.of(foundReceiver).toString();
      String label =
          "%s %s %s %s"
              .formatted(mapped, label(foundReceiver), signature(method), Arrays.toString(choice));
      if (found.startsWith(READ_ONLY)) {
        refused.add(method.getName());
        if (!before.equals(after)) {
          problems.add(label + " was refused, and has changed the column");
        }
      } else if (!wanted.equals(found)) {
        problems.add("%s: wanted %s, found %s".formatted(label, cut(wanted), cut(found)));
      } else if (!after.equals(wantedAfter)) {
        problems.add("%s left %s, not %s".formatted(label, cut(after), cut(wantedAfter)));
      }
    }
  }

  private static final String READ_ONLY = "read-only";

  private static String call(Method method, int[] choice, World world, Object receiver) {
    var makers = new Arguments(world, receiver);
    Object[] arguments = new Object[choice.length];
    for (int i = 0; i < choice.length; i++) {
      arguments[i] = makers.of(method, method.getParameters()[i]).get(choice[i]);
    }
    seedTablesaw();
    Plain outcome = Plain.call(receiver, method, arguments);
    return outcome.text() + makers.consumed;
  }

  /** Which of the candidates to take for each parameter: all combinations, or some of them. */
  private static List<int[]> choices(Method method, Arguments makers) {
    var sizes = new ArrayList<Integer>();
    for (var parameter : method.getParameters()) {
      sizes.add(makers.of(method, parameter).size());
    }
    long combinations = sizes.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    var choices = new ArrayList<int[]>();
    var random = new Random(combinations);
    for (long i = 0; i < Math.min(combinations, MOST_CALLS); i++) {
      long rest = combinations <= MOST_CALLS ? i : random.nextLong(combinations);
      int[] choice = new int[sizes.size()];
      for (int p = 0; p < choice.length; p++) {
        choice[p] = (int) (rest % sizes.get(p));
        rest /= sizes.get(p);
      }
      choices.add(choice);
    }
    return choices;
  }

  /** Its samples are drawn from generators that nobody can reach otherwise. */
  private static void seedTablesaw() {
    for (String name : List.of("BitmapBackedSelection", "BitSetBackedSelection")) {
      try {
        Class<?> selection = Class.forName(Selection.class.getPackageName() + "." + name);
        Field random = selection.getDeclaredField("random");
        random.setAccessible(true);
        ((Random) random.get(null)).setSeed(42);
      } catch (ReflectiveOperationException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static String signature(Method method) {
    var types = Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).toList();
    return method.getName() + "(" + String.join(",", types) + ")";
  }

  private static String label(Object receiver) {
    return receiver instanceof Table
        ? "table"
        : ((tech.tablesaw.columns.Column<?>) receiver).name();
  }

  private static String cut(Object value) {
    String text = String.valueOf(value);
    return text.length() > 300 ? text.substring(0, 300) + "..." : text;
  }
}
