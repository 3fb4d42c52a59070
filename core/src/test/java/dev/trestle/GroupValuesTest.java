package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.store.StoreException;
import dev.trestle.worker.TaskFailedException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** {@code groupValues}: groups in, a list of values out. */
@Timeout(60)
class GroupValuesTest extends WithWorkers {
  private SharedTable share(String name) {
    return store.share(
        name,
        Table.create(
            name,
            StringColumn.create("city", "Oslo", "Bergen", "Oslo", "", "Bergen", "Oslo"),
            IntColumn.create("amount", 1, 2, 3, 4, 5, 6)));
  }

  @Test
  void valuesComeInTheOrderInWhichGroupsAppear() {
    SharedTable sales = share("values");
    List<Double> sums =
        workers.groupValues(sales, List.of("city"), part -> part.intColumn("amount").sum());
    assertEquals(List.of(10.0, 7.0, 4.0), sums);
    assertEquals(6, workers.groupValues(sales, List.of("city", "amount"), Table::rowCount).size());
  }

  @Test
  void manyGroupsOfDifferentSizesStayInOrder() {
    int[] keys = new int[3000];
    List<Integer> expected = new ArrayList<>();
    int row = 0;
    for (int key = 0; row < keys.length; key++) {
      expected.add(key);
      for (int i = 0; i <= key % 7 && row < keys.length; i++) {
        keys[row++] = key;
      }
    }
    SharedTable table = store.share("many", Table.create("t", IntColumn.create("key", keys)));
    assertEquals(
        expected,
        workers.groupValues(table, List.of("key"), part -> part.intColumn("key").getInt(0)));
  }

  @Test
  void aValueMayBeATableOrNothing() {
    SharedTable sales = share("tables");
    List<Table> parts = workers.groupValues(sales, List.of("city"), part -> part.first(1));
    assertEquals(1, parts.getFirst().intColumn("amount").getInt(0));
    List<Object> none = workers.groupValues(sales, List.of("city"), part -> null);
    assertEquals(3, none.size());
  }

  @Test
  void aTableWithoutRowsHasNoGroups() {
    SharedTable none =
        store.share("none", Table.create("none", IntColumn.create("key", new int[0])));
    assertEquals(List.of(), workers.groupValues(none, List.of("key"), Table::rowCount));
  }

  @Test
  void aGroupThatFailsIsNamedAndSoIsAColumnThatIsNotThere() {
    SharedTable sales = share("failing");
    var failed =
        assertThrows(
            TaskFailedException.class,
            () -> workers.groupValues(sales, List.of("city"), part -> 1 / (part.rowCount() - 2)));
    assertTrue(failed.getMessage().contains("group city = Bergen"), failed.getMessage());
    var missing =
        assertThrows(
            StoreException.class,
            () -> workers.groupValues(sales, List.of("town"), Table::rowCount));
    assertTrue(missing.getMessage().contains("no column 'town'"), missing.getMessage());
  }

  @Test
  void aColumnTellsItsBytesAndItsDictionary() {
    SharedTable sales = share("sizes");
    assertEquals(6 * Integer.BYTES, sales.bytes("amount"));
    assertTrue(sales.bytes("city") > 0);
    assertEquals(3, sales.dictionarySize("city").orElse(0)); // with "", for missing
    assertTrue(sales.dictionarySize("amount").isEmpty());
    assertThrows(StoreException.class, () -> sales.bytes("town"));
  }

  @Test
  void aWorkersHeapIsAsLargeAsIsAskedFor() {
    try (Workers small = store.workers(WorkerSettings.of(1).heap(48L << 20))) {
      long max = small.map(List.of(1), one -> Runtime.getRuntime().maxMemory()).getFirst();
      assertTrue(max <= 48L << 20 && max > 40L << 20, () -> max + " bytes");
    }
    assertThrows(IllegalArgumentException.class, () -> WorkerSettings.of(1).heap(1 << 20));
  }
}
