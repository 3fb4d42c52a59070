package dev.trestle;

import dev.trestle.column.Groups;
import dev.trestle.column.MappedColumns;
import dev.trestle.store.Catalogue;
import dev.trestle.store.Concatenation;
import dev.trestle.store.MappedTable;
import dev.trestle.store.MappingFault;
import dev.trestle.store.Results;
import dev.trestle.store.StoreException;
import dev.trestle.worker.Terms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Calls over the rows of a shared table: parts in, one table or column out. */
final class TableCalls {
  /** Jobs for each worker: enough to even out what takes longer. */
  private static final int JOBS = 16;

  /** A worker's share of the rows that are left is cut into as many jobs at least. */
  private static final int LAST_JOBS = 4;

  /** Small groups are sent together up to that many rows: their results are joined on a heap. */
  private static final int MOST_ROWS = 1 << 16;

  private final PooledWorkers workers;
  private final Store store;
  private final CallOptions options;

  TableCalls(PooledWorkers workers, Store store, CallOptions options) {
    this.workers = workers;
    this.store = store;
    this.options = options;
  }

  SharedTable mapPartitions(SharedTable table, int parts, String resultName, TableTask task) {
    if (parts < 1) {
      throw new IllegalArgumentException("a table has at least 1 part, not " + parts);
    }
    store.catalogue().checkFree(resultName);
    int rows = table.view().rowCount();
    if (rows == 0) {
      throw new StoreException("table '%s' has no rows to cut into parts".formatted(table.name()));
    }
    List<GroupsTask.Job> jobs =
        ranges(rows, parts).stream().map(range -> new GroupsTask.Job(List.of(range))).toList();
    return run(
        table,
        jobs,
        null,
        resultName,
        task,
        group ->
            "rows %,d to %,d of table '%s'".formatted(group.first(), group.last(), table.name()));
  }

  SharedTable mapGroups(
      SharedTable table, List<String> columns, String resultName, TableTask task) {
    store.catalogue().checkFree(resultName);
    List<Column<?>> keys = keys(table, columns);
    Groups groups = groups(keys);
    if (groups.list().isEmpty()) {
      throw new StoreException(
          "table '%s' has no rows to group by '%s'"
              .formatted(table.name(), String.join("', '", columns)));
    }
    return run(
        table,
        jobs(groups.list(), table.view().rowCount()),
        scattered(groups),
        resultName,
        task,
        groupLabel(table, keys));
  }

  <R extends @Nullable Object> List<R> groupValues(
      SharedTable table, List<String> columns, Task<? super Table, ? extends R> task) {
    List<Column<?>> keys = keys(table, columns);
    Groups groups = groups(keys);
    GroupLabel label = groupLabel(table, keys);
    // In the order of the groups: unlike files, values have to be put back in place.
    List<GroupsTask.Job> jobs =
        groups.list().isEmpty() ? List.of() : jobs(groups.list(), table.view().rowCount());
    Terms.Labels labels = (i, part) -> label.of(jobs.get((int) i).groups().get(part));
    try (var carried = workers.courier()) {
      var valuesTask = new GroupValuesTask<R>(table, scattered(groups), task, carried.tag());
      List<List<R>> values = workers.run(carried, valuesTask, jobs, options, labels);
      List<R> all = new ArrayList<>();
      values.forEach(all::addAll);
      return all;
    }
  }

  private static List<Column<?>> keys(SharedTable table, List<String> columns) {
    return columns.stream().<Column<?>>map(name -> column(table, name)).toList();
  }

  private static @Nullable IntColumn scattered(Groups groups) {
    IntColumn rows = groups.rows();
    return rows.isEmpty() ? null : rows;
  }

  private static GroupLabel groupLabel(SharedTable table, List<Column<?>> keys) {
    return group ->
        "group %s of table '%s'"
            .formatted(
                keys.stream()
                    .map(key -> key.name() + " = " + key.getUnformattedString(group.first()))
                    .collect(Collectors.joining(", ")),
                table.name());
  }

  private static Groups groups(List<Column<?>> keys) {
    try {
      return new Groups(CombinedKey.of(keys));
    } catch (InternalError e) {
      throw MappingFault.explain(e);
    }
  }

  Column<?> apply(SharedTable table, @Nullable ColumnType type, RowTask<?> task) {
    int rows = table.view().rowCount();
    List<Groups.Group> parts = ranges(rows, Math.min(Math.max(rows, 1), JOBS * workers.size()));
    Terms.Labels labels =
        (i, row) ->
            "row %,d of table '%s'".formatted(parts.get((int) i).first() + row, table.name());
    Catalogue catalogue = store.catalogue();
    try (var carried = workers.courier()) {
      var rowTask = new RowsTask(table, type == null ? null : type.name(), task, carried.tag());
      List<RowsTask.Part> results = workers.run(carried, rowTask, parts, options, labels);
      String found =
          results.stream()
              .map(RowsTask.Part::type)
              .filter(Objects::nonNull)
              .findFirst()
              .orElse(type == null ? null : type.name());
      if (found == null) {
        throw new StoreException(
            "no row of table '%s' was given a value: say of which type the column is to be"
                .formatted(table.name()));
      }
      List<Path> paths = new ArrayList<>();
      for (int i = 0; i < results.size(); i++) {
        paths.add(results.get(i).path(found, parts.get(i).count(), catalogue, carried));
      }
      return joined(catalogue, carried, paths);
    }
  }

  private static Column<?> joined(Catalogue catalogue, TableCourier carried, List<Path> paths) {
    try (var parts = new Concatenation(paths)) {
      Path file = catalogue.results().write(carried.tag(), parts);
      MappedTable mapped = Results.open(RowsTask.NAME, file);
      Files.delete(file); // what is mapped stays readable
      return new MappedColumns(mapped).rows(0, Math.toIntExact(mapped.rows())).getFirst();
    } catch (IOException e) {
      throw new StoreException("cannot put the new column together: " + e, e);
    }
  }

  /** Names a group, for errors. */
  private interface GroupLabel {
    String of(Groups.Group group);
  }

  /**
   * Runs the task on each group.
   *
   * @param inOrder jobs whose results go one after the other
   * @param rows what scattered groups are gathered by; travels through shared memory, once for all
   */
  private SharedTable run(
      SharedTable table,
      List<GroupsTask.Job> inOrder,
      @Nullable IntColumn rows,
      String resultName,
      TableTask task,
      GroupLabel label) {
    // The biggest first, so that none is left for the end.
    List<Integer> order =
        IntStream.range(0, inOrder.size())
            .boxed()
            .sorted(Comparator.comparingLong((Integer i) -> inOrder.get(i).rows()).reversed())
            .toList();
    List<GroupsTask.Job> jobs = order.stream().map(inOrder::get).toList();
    Terms.Labels labels = (i, part) -> label.of(jobs.get((int) i).groups().get(part));
    try (var carried = workers.courier()) {
      var groupsTask = new GroupsTask(table, rows, task, carried.tag());
      carried.disturbed(); // parts that are not concatenated, for whatever reason, have to go
      List<String> written = workers.run(carried, groupsTask, jobs, options, labels);
      Path[] paths = new Path[written.size()];
      for (int i = 0; i < paths.length; i++) {
        paths[order.get(i)] = Path.of(written.get(i));
      }
      try (var parts = new Concatenation(List.of(paths))) {
        return store.commit(resultName, parts);
      }
    }
  }

  /**
   * Neighbouring small groups together, so that each job has some rows to work on; ever fewer of
   * them towards the end, so that no worker is left with the last long job while the others idle.
   */
  private List<GroupsTask.Job> jobs(List<Groups.Group> groups, int rows) {
    List<GroupsTask.Job> jobs = new ArrayList<>();
    List<Groups.Group> together = new ArrayList<>();
    int left = rows;
    int count = 0;
    for (Groups.Group group : groups) {
      if (count > 0 && count + group.count() > most(rows, left)) {
        jobs.add(new GroupsTask.Job(List.copyOf(together)));
        together.clear();
        left -= count;
        count = 0;
      }
      together.add(group);
      count += group.count();
    }
    jobs.add(new GroupsTask.Job(List.copyOf(together)));
    return jobs;
  }

  private int most(int rows, int left) {
    long most =
        Math.min(rows / ((long) JOBS * workers.size()), left / ((long) LAST_JOBS * workers.size()));
    return Math.clamp(most, 1, MOST_ROWS);
  }

  /** Neighbouring rows, in parts that differ by one row at most; none is empty. */
  private static List<Groups.Group> ranges(int rows, int parts) {
    List<Groups.Group> ranges = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      int from = (int) ((long) rows * i / parts);
      int to = (int) ((long) rows * (i + 1) / parts);
      if (to > from) {
        ranges.add(new Groups.Group(from, to - 1, to - from, 0));
      }
    }
    return ranges;
  }

  private static Column<?> column(SharedTable table, String column) {
    if (!table.columnNames().contains(column)) {
      throw table.noColumn(column);
    }
    return table.view().column(column); // table.table() is the user's to change
  }
}
