package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** As many groups as a table of customers or stations has, and as wide a table as the demo's. */
@Tag("slow")
@Timeout(120)
class ManyGroupsTest {
  private static final int GROUPS = 5_000;
  private static final int ROWS = 20 * GROUPS;

  @TempDir Path folder;

  @Test
  void groupsOfNeighbouringRowsGiveTheSameTableAgain() {
    Table heap = table(row -> row / 20);
    SharedTableTest.assertSameCells(heap, groupedUnchanged(heap));
  }

  @Test
  void groupsOfScatteredRowsKeepEveryRowInOrder() {
    Table heap = table(row -> row % GROUPS);
    SharedTableTest.assertSameCells(heap.sortOn("key", "row"), groupedUnchanged(heap));
  }

  private Table groupedUnchanged(Table heap) {
    try (Store store = Store.open(folder.resolve("store"));
        Workers workers = store.workers(2)) {
      SharedTable shared = store.share("wide", heap);
      Table same = workers.mapGroups(shared, "key", part -> part).table();
      assertEquals(ROWS, same.rowCount());
      return same;
    }
  }

  private static Table table(IntUnaryOperator key) {
    Table table =
        Table.create(
            IntColumn.create("key", IntStream.range(0, ROWS).map(key).toArray()),
            IntColumn.indexColumn("row", ROWS, 0));
    for (int column = 2; column < 34; column++) {
      int distinct = 3 + 7 * column;
      table.addColumns(
          StringColumn.create(
              "c" + column,
              IntStream.range(0, ROWS).mapToObj(row -> row % 11 == 0 ? "" : "v" + row % distinct)));
    }
    return table;
  }
}
