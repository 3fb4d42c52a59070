package dev.trestle.column;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trestle.Tables;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.aggregate.AggregateFunctions;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import tech.tablesaw.joining.JoinType;
import tech.tablesaw.selection.Selection;

/** What takes more than one call: joins, groups, windows, files, and tables put together. */
class TableOperationsTest {
  private static final Table LEFT = Tables.everyType(60, 21);
  private static final List<String> NAMES = LEFT.columnNames();

  private interface Operation {
    Object on(Table left, Table right);
  }

  /** Rows that the left table has too, and some that it has not, in another order. */
  private static Table right() {
    Table right = LEFT.where(Selection.with(50, 3, 3, 59, 17, 20, 0, 41));
    return right.append(Tables.everyType(10, 22));
  }

  private static void assertSame(ForeignColumns.Form form, Operation operation, String label) {
    Table heapRight = right();
    Supplier<Table> left = ForeignColumns.views(LEFT, 5, form);
    Supplier<Table> right = ForeignColumns.views(heapRight, 6, form);
    String wanted = outcome(operation, LEFT.copy(), right());
    assertEquals(wanted, outcome(operation, left.get(), right.get()), label);
    assertEquals(wanted, outcome(operation, LEFT.copy(), right.get()), "heap, " + label);
    assertEquals(wanted, outcome(operation, left.get(), right()), label + ", heap");
  }

  /** What comes out, also where Tablesaw fails: it cannot group by a boolean that is missing. */
  private static String outcome(Operation operation, Table left, Table right) {
    try {
      return String.valueOf(Plain.of(operation.on(left, right)));
    } catch (RuntimeException e) {
      return e.getClass().getName();
    }
  }

  @ParameterizedTest
  @EnumSource(ForeignColumns.Form.class)
  void joinsOfEveryKindOnEveryKeyType(ForeignColumns.Form form) {
    for (JoinType type : JoinType.values()) {
      for (String key : NAMES) {
        assertSame(form, (l, r) -> join(l, r, type, key), type + " on " + key);
      }
      assertSame(form, (l, r) -> join(l, r, type, "string", "boolean"), type + " on two");
    }
  }

  private static Table join(Table left, Table right, JoinType type, String... keys) {
    return left.joinOn(keys).with(right).type(type).allowDuplicateColumnNames(true).join();
  }

  @ParameterizedTest
  @EnumSource(ForeignColumns.Form.class)
  void groupsByEveryColumnType(ForeignColumns.Form form) {
    for (String key : NAMES) {
      assertSame(form, (l, r) -> l.splitOn(key), "split on " + key);
      assertSame(
          form,
          (l, r) ->
              l.summarize("double", "int", AggregateFunctions.mean, AggregateFunctions.count)
                  .by(key),
          "by " + key);
      assertSame(
          form,
          (l, r) -> l.summarize(key, AggregateFunctions.countMissing).by("string", "boolean"),
          "of " + key);
    }
  }

  @ParameterizedTest
  @EnumSource(ForeignColumns.Form.class)
  void windowsOverEveryNumberColumn(ForeignColumns.Form form) {
    for (String name : List.of("short", "int", "long", "float", "double")) {
      assertSame(
          form,
          (l, r) -> {
            var results = new ArrayList<Object>();
            for (int window : new int[] {1, 4, 60}) {
              var rolling = l.numberColumn(name).rolling(window);
              results.add(
                  List.of(
                      rolling.mean(),
                      rolling.median(),
                      rolling.sum(),
                      rolling.max(),
                      rolling.min(),
                      rolling.geometricMean()));
            }
            return results;
          },
          name);
    }
  }

  @ParameterizedTest
  @EnumSource(ForeignColumns.Form.class)
  void sortsOnEveryColumnBothWays(ForeignColumns.Form form) {
    for (String name : NAMES) {
      assertSame(form, (l, r) -> l.sortOn(name), name);
      assertSame(form, (l, r) -> l.sortDescendingOn(name, "text"), "-" + name);
    }
  }

  @ParameterizedTest
  @EnumSource(ForeignColumns.Form.class)
  void delimitedTextAndPrintedTables(ForeignColumns.Form form) {
    assertSame(
        form,
        (l, r) -> {
          var csv = new StringWriter();
          l.write().csv(csv);
          return csv;
        },
        "csv");
    assertSame(form, (l, r) -> l.print(7) + l.structure() + l.summary() + l.shape(), "print");
  }

  @ParameterizedTest
  @EnumSource(ForeignColumns.Form.class)
  void aHeapTableTakesMappedRowsInEveryWay(ForeignColumns.Form form) {
    assertSame(form, (l, r) -> LEFT.copy().append(r), "append");
    assertSame(form, (l, r) -> LEFT.emptyCopy().append(r).append(l), "append to an empty one");
    assertSame(
        form,
        (l, r) -> {
          Table target = LEFT.emptyCopy();
          l.forEach(row -> target.append(row));
          return target;
        },
        "row by row");
    assertSame(
        form,
        (l, r) -> {
          Table wide = Table.create("wide").addColumns(LEFT.copy().columnArray());
          Table renamed = l.copy();
          renamed.columns().forEach(column -> column.setName("other " + column.name()));
          return wide.concat(renamed);
        },
        "side by side");
  }

  @ParameterizedTest
  @EnumSource(ForeignColumns.Form.class)
  void columnsAreAppendedToHeapColumns(ForeignColumns.Form form) {
    for (String name : NAMES) {
      assertSame(form, (l, r) -> append(LEFT.column(name).copy(), r.column(name)), name);
    }
  }

  @SuppressWarnings("unchecked")
  private static <T> Column<T> append(Column<T> target, Column<?> more) {
    return target.append((Column<T>) more);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 300, 40_000})
  void categoriesComeInTheOrderOfAHeapColumn(int distinct) {
    var random = new java.util.Random(distinct);
    var heap = tech.tablesaw.api.StringColumn.create("s");
    for (int row = 0; row < 2 * distinct; row++) {
      int value = random.nextInt(distinct);
      heap.append(value == 3 ? "" : "value " + value);
    }
    Table table = Table.create("t", heap);
    var mapped = ForeignColumns.views(table, 1, ForeignColumns.Form.CHUNKED).get().stringColumn(0);
    assertEquals(heap.unique().asList(), mapped.unique().asList());
    assertEquals("" + Plain.of(heap.countByCategory()), "" + Plain.of(mapped.countByCategory()));
    assertEquals("" + heap.summary(), "" + mapped.summary());
  }
}
