package dev.trestle.column;

import dev.trestle.Tables;
import java.util.List;
import java.util.function.Supplier;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * The same two tables, once on the heap and once as a store may have them: what an operation is
 * called on, and what it may get as an argument. New ones at each call, as it may change them.
 */
record World(String name, int rows, Supplier<Table> table, Supplier<Table> other) {
  @Override
  public String toString() {
    return name;
  }

  Column<?> column(int index) {
    return table.get().column(index);
  }

  static World heap(int rows, long seed) {
    return new World("heap", rows, copies(rows, seed), copies(rows, seed + 1));
  }

  /** All the ways in which a mapped table may lie. */
  static List<World> mapped(int rows, long seed) {
    Table table = Tables.everyType(rows, seed);
    Table other = Tables.everyType(rows, seed + 1);
    return List.of(
        new World(
            "plain",
            rows,
            ForeignColumns.views(table, seed, ForeignColumns.Form.PLAIN),
            ForeignColumns.views(other, seed, ForeignColumns.Form.PLAIN)),
        new World(
            "chunked",
            rows,
            ForeignColumns.views(table, seed, ForeignColumns.Form.CHUNKED),
            ForeignColumns.views(other, seed, ForeignColumns.Form.CHUNKED)),
        new World(
            "without sentinels",
            rows,
            ForeignColumns.views(table, seed, ForeignColumns.Form.WITHOUT_SENTINELS),
            ForeignColumns.views(other, seed, ForeignColumns.Form.PLAIN)),
        new World(
            "sliced",
            rows,
            ForeignColumns.views(table, seed, ForeignColumns.Form.SLICED),
            ForeignColumns.views(other, seed, ForeignColumns.Form.CHUNKED)));
  }

  private static Supplier<Table> copies(int rows, long seed) {
    return () -> Tables.everyType(rows, seed);
  }
}
