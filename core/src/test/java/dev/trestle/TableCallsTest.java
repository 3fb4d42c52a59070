package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.store.StoreException;
import dev.trestle.worker.TaskFailedException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Parts, several grouping columns, and new columns. */
@Timeout(60)
class TableCallsTest extends WithWorkers {
  @Test
  void partsReturnedUnchangedGiveTheSameTableAgain() {
    Table heap = Tables.everyType(101, 3);
    SharedTable table = store.share("cut", heap);
    SharedTable same = workers.mapPartitions(table, 7, part -> part);
    assertEquals("cut.parts", same.name());
    SharedTableTest.assertSameCells(heap, same.table());
    assertNoParts();
  }

  @Test
  void morePartsThanRowsAreAsManyAsThereAreRows() {
    SharedTable table = store.share("few", Table.create("t", IntColumn.create("n", 1, 2, 3)));
    SharedTable sizes =
        workers.mapPartitions(
            table, 50, p -> Table.create("s", IntColumn.create("rows", new int[] {p.rowCount()})));
    assertEquals(List.of(1, 1, 1), sizes.table().intColumn("rows").asList());
  }

  @Test
  void aPartThatFailsIsNamedByItsRows() {
    SharedTable table = store.share("broken", Table.create("t", IntColumn.create("n", 1, 2)));
    var failed =
        assertThrows(
            TaskFailedException.class,
            () ->
                workers.mapPartitions(
                    table,
                    2,
                    part -> {
                      if (part.intColumn("n").getInt(0) == 2) {
                        throw new IllegalStateException("no");
                      }
                      return part;
                    }));
    assertTrue(failed.getMessage().contains("rows 1 to 1 of table 'broken'"), failed.getMessage());
    assertInstanceOf(IllegalStateException.class, failed.getCause());
  }

  @Test
  void rowsAreGroupedBySeveralColumns() {
    SharedTable table =
        store.share(
            "legs",
            Table.create(
                "legs",
                StringColumn.create("from", "a", "b", "a", "a", "b"),
                StringColumn.create("to", "x", "x", "y", "x", "x"),
                IntColumn.create("km", 1, 2, 3, 4, 5)));
    SharedTable sums =
        workers.mapGroups(
            table,
            List.of("from", "to"),
            part ->
                Table.create(
                    "s",
                    StringColumn.create(
                        "leg", part.stringColumn("from").get(0) + part.stringColumn("to").get(0)),
                    DoubleColumn.create("km", part.intColumn("km").sum())));
    assertEquals("legs.by.from.to", sums.name());
    assertEquals(List.of("ax", "bx", "ay"), sums.table().stringColumn("leg").asList());
    assertEquals(List.of(5.0, 7.0, 3.0), sums.table().doubleColumn("km").asList());
  }

  @Test
  void theFailingOneAmongSmallGroupsThatWereSentTogetherIsNamed() {
    SharedTable table =
        store.share(
            "together",
            Table.create("t", IntColumn.create("key", IntStream.range(0, 1000).toArray())));
    var failed =
        assertThrows(
            TaskFailedException.class,
            () ->
                workers.mapGroups(
                    table,
                    "key",
                    part -> {
                      if (part.intColumn("key").getInt(0) == 777) {
                        throw new IllegalStateException("boom");
                      }
                      return part;
                    }));
    assertTrue(
        failed.getMessage().contains("group key = 777 of table 'together'"), failed.getMessage());
    assertEquals("boom", failed.getCause().getMessage());
    assertNoParts();
  }

  @Test
  void aValueForEachRowBecomesAColumnOfItsType() {
    SharedTable table = store.share("rows", Tables.everyType(300, 11));
    Column<?> lengths = workers.apply(table, row -> row.getString("text").length());
    assertEquals(ColumnType.INTEGER, lengths.type());
    Table heap = table.table();
    for (int row = 0; row < 300; row++) {
      assertEquals(heap.stringColumn("text").get(row).length(), lengths.get(row));
    }
    assertNoParts();
    assertEquals(300, Table.create("t").addColumns(lengths).rowCount());
  }

  @Test
  void rowsWithoutAValueAreMissingWhereverTheyLie() {
    int[] numbers = IntStream.range(0, 200).toArray();
    SharedTable table = store.share("gaps", Table.create("t", IntColumn.create("n", numbers)));
    Column<?> late =
        workers.apply(table, row -> row.getInt("n") < 150 ? null : "n" + row.getInt("n"));
    assertEquals(150, late.countMissing());
    assertEquals("n199", late.get(199));
    assertThrows(StoreException.class, () -> workers.apply(table, row -> null));
    Column<?> none = workers.apply(table, ColumnType.DOUBLE, row -> null);
    assertEquals(200, none.countMissing());
    assertEquals(ColumnType.DOUBLE, none.type());
  }

  @Test
  void aRowWhoseValueCannotBeComputedIsNamed() {
    SharedTable table =
        store.share(
            "odd-row", Table.create("t", IntColumn.create("n", IntStream.range(0, 90).toArray())));
    var failed =
        assertThrows(
            TaskFailedException.class, () -> workers.apply(table, TableCallsTest::notForty));
    assertTrue(failed.getMessage().contains("row 40 of table 'odd-row'"), failed.getMessage());
    var mixed =
        assertThrows(
            TaskFailedException.class,
            () ->
                workers.apply(
                    table, row -> row.getInt("n") % 2 == 0 ? (Object) 1 : (Object) "one"));
    assertTrue(mixed.getMessage().contains("a String cannot be put"), mixed.getMessage());
  }

  private static int notForty(Row row) {
    return 1 / (row.getInt("n") - 40);
  }

  @Test
  @Tag("slow")
  void moreGroupsThanAProcessMayHaveMappingsAreFine() {
    int groups = 70_000; // vm.max_map_count is 65,530
    int[] keys = IntStream.range(0, 2 * groups).map(row -> row % groups).toArray();
    SharedTable table =
        store.share(
            "many",
            Table.create(
                "t", IntColumn.create("key", keys), IntColumn.indexColumn("row", keys.length, 0)));
    SharedTable firsts = workers.mapGroups(table, "key", part -> part.first(1));
    assertEquals(groups, firsts.rowCount());
    int[] found = firsts.table().intColumn("row").asIntArray();
    assertTrue(Arrays.equals(IntStream.range(0, groups).toArray(), found));
  }
}
