package dev.trestle;

import dev.trestle.store.Catalogue;
import dev.trestle.store.MappedTable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Knows which Tablesaw tables are views of shared ones, so that a task that uses {@code
 * shared.table()} through a variable sends a handle all the same.
 */
final class TableViews {
  private static final Map<Table, View> VIEWS = Collections.synchronizedMap(new WeakHashMap<>());

  private TableViews() {}

  /** What a table showed when it was made. Must not refer to the table: it is a weak key. */
  private record View(
      @Nullable Catalogue catalogue,
      MappedTable mapped,
      long from,
      long rows,
      List<Column<?>> columns) {}

  static Table remember(
      @Nullable Catalogue catalogue, MappedTable mapped, long from, long rows, Table table) {
    VIEWS.put(table, new View(catalogue, mapped, from, rows, List.copyOf(table.columns())));
    return table;
  }

  /** The shared table that this one shows, unless columns were added, taken or replaced. */
  @SuppressWarnings("ReferenceEquality") // the very columns; equal ones may be copies on the heap
  static @Nullable SharedTable shownBy(Table table) {
    View view = VIEWS.get(table);
    if (view == null || view.columns.size() != table.columnCount()) {
      return null;
    }
    boolean unchanged =
        IntStream.range(0, table.columnCount())
            .allMatch(i -> table.column(i) == view.columns.get(i));
    return unchanged
        ? new SharedTable(view.catalogue, view.mapped).slice(view.from, view.rows)
        : null;
  }
}
