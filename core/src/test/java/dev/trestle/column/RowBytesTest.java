package dev.trestle.column;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Rows as the bytes of one message. */
class RowBytesTest {
  private static final int ROWS = 700; // more strings than a byte numbers

  static Stream<World> worlds() {
    return Stream.concat(Stream.of(World.heap(ROWS, 5)), World.mapped(ROWS, 5).stream());
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void theRowsAreTheSameWhereverTheyLay(World world) {
    Table table = world.table().get();
    for (int[] range : new int[][] {{0, ROWS}, {13, 14}, {100, 699}, {5, 5}, {ROWS, ROWS}}) {
      ChunkedColumnsTest.assertSameCells(
          table.inRange(range[0], range[1]), copy(table, range[0], range[1]));
    }
  }

  @Test
  void theCopyMayBeChanged() {
    Table table = World.heap(10, 6).table().get();
    Table copy = copy(table, 0, 10);
    copy.append(table);
    copy.stringColumn("string").set(0, "changed");
    copy.intColumn("int").set(0, 42);
    assertEquals(20, copy.rowCount());
    ChunkedColumnsTest.assertSameCells(World.heap(10, 6).table().get(), table);
  }

  @Test
  void namesAndTextKeepEachCharacter() {
    String lone = "lone \ud83d surrogate";
    Table table =
        Table.create(
            "\u00e4\u20ac", StringColumn.create("\ud83d\ude00", lone, "", "a\0b", "\uffff"));
    Table copy = copy(table, 0, 4);
    assertEquals("\u00e4\u20ac", copy.name());
    assertEquals("\ud83d\ude00", copy.column(0).name());
    assertEquals(lone, copy.stringColumn(0).get(0));
    assertTrue(copy.stringColumn(0).isMissing(1));
    assertEquals("a\0b", copy.stringColumn(0).get(2));
    assertEquals("\uffff", copy.stringColumn(0).get(3));
  }

  @Test
  void whatATableDoesNotHaveIsRefused() {
    Table table = World.heap(10, 7).table().get();
    for (int[] range : new int[][] {{-1, 2}, {3, 2}, {0, 11}, {11, 11}}) {
      var refused =
          assertThrows(
              IndexOutOfBoundsException.class, () -> RowBytes.of(table, range[0], range[1]));
      assertTrue(refused.getMessage().contains("the table has 10"), refused.getMessage());
    }
  }

  @Test
  void moreThanAMessageHoldsIsLeftToTheStore() {
    int rows = (1 << 24) / Double.BYTES;
    var numbers = Table.create("n", DoubleColumn.create("n", new double[rows]));
    assertNull(RowBytes.of(numbers, 0, rows));
    assertEquals(rows - 20, copy(numbers, 20, rows).rowCount());
    var texts = StringColumn.create("t", "x".repeat(1 << 23), "x");
    assertNull(RowBytes.of(Table.create("t", texts), 0, 2));
    assertEquals("x", copy(Table.create("t", texts), 1, 2).stringColumn("t").get(0));
  }

  private static Table copy(Table table, int from, int to) {
    return RowBytes.table(Objects.requireNonNull(RowBytes.of(table, from, to)));
  }
}
