package dev.trestle;

import dev.trestle.closure.ClosureEncoder;
import dev.trestle.column.ColumnEncoder;
import dev.trestle.column.Groups;
import dev.trestle.store.Catalogue;
import dev.trestle.store.Concatenation;
import dev.trestle.store.MappingFault;
import dev.trestle.store.StoreException;
import dev.trestle.worker.WorkerPool;
import dev.trestle.worker.WorkerTask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Tables and tasks on a pool of worker JVMs. */
final class PooledWorkers implements Workers {
  /** The call that this thread is encoding for. */
  private static final ThreadLocal<TableCourier> COURIER = new ThreadLocal<>();

  /** Leaves room for a number in the longest name that a table may have. */
  private static final int LONGEST_BASE = 90;

  private final Store store;
  private final WorkerPool pool;

  PooledWorkers(Store store, int n) {
    this.store = store;
    Catalogue catalogue = store.catalogue();
    Map<String, String> properties =
        Map.of(
            DefaultFolders.FOLDERS_PROPERTY, DefaultFolders.property(catalogue.folders()),
            DefaultFolders.SESSION_PROPERTY, catalogue.sessionId());
    this.pool =
        new WorkerPool(
            n,
            properties,
            catalogue.sessionFolder(),
            new ClosureEncoder(object -> COURIER.get().outgoing(object)));
  }

  /** See {@link WorkerPool#start}. */
  void start() {
    pool.start();
  }

  @Override
  public int size() {
    return pool.size();
  }

  @Override
  public List<Long> pids() {
    return pool.pids();
  }

  @Override
  public <T extends @Nullable Object, R extends @Nullable Object> List<R> map(
      Collection<? extends T> arguments, Task<? super T, ? extends R> task) {
    List<T> list = new ArrayList<>(arguments);
    try (var carried = new TableCourier(store.catalogue())) {
      String tag = carried.tag();
      @SuppressWarnings("unchecked") // a table's stand-in becomes a table again when it is decoded
      List<R> results =
          (List<R>)
              run(
                  carried,
                  (T argument) -> apply(task, argument, tag),
                  list,
                  i -> "task %d of %d".formatted(i + 1, list.size()));
      return results;
    }
  }

  /** In the worker. */
  private static <T extends @Nullable Object> @Nullable Object apply(
      Task<? super T, ?> task, T argument, String tag) throws Exception {
    try {
      return TableCourier.result(task.apply(argument), tag);
    } catch (InternalError e) {
      throw MappingFault.explain(e);
    }
  }

  @Override
  public SharedTable mapGroups(SharedTable table, String column, TableTask task) {
    return mapGroups(table, column, freeName(table.name() + ".by." + column), task);
  }

  @Override
  public SharedTable mapGroups(
      SharedTable table, String column, String resultName, TableTask task) {
    Catalogue catalogue = store.catalogue();
    catalogue.checkFree(resultName);
    Column<?> key = column(table, column);
    Groups groups = groups(key);
    if (groups.list().isEmpty()) {
      throw new StoreException(
          "table '%s' has no rows to group by '%s'".formatted(table.name(), column));
    }
    // The biggest first, so that none is left for the end.
    List<Groups.Group> jobs =
        groups.list().stream()
            .sorted(Comparator.comparingInt(Groups.Group::count).reversed())
            .toList();
    try (var carried = new TableCourier(catalogue);
        var parts =
            new Concatenation(
                inOrder(jobs, mapParts(table, key, jobs, groups.rows(), carried, task)))) {
      return store.commit(resultName, parts);
    }
  }

  private static Groups groups(Column<?> key) {
    try {
      return new Groups(key);
    } catch (InternalError e) {
      throw MappingFault.explain(e);
    }
  }

  /**
   * Runs the task on each group.
   *
   * @param rows what scattered groups are gathered by; travels through shared memory, once for all
   * @return the files of the results, in the order of the groups
   */
  private List<String> mapParts(
      SharedTable table,
      Column<?> key,
      List<Groups.Group> groups,
      IntColumn rows,
      TableCourier carried,
      TableTask task) {
    String tag = carried.tag();
    return run(
        carried,
        (Groups.Group group) -> {
          try {
            Table part =
                group.isContiguous()
                    ? table.view(group.first(), group.count())
                    : group.gather(table.view(), rows);
            return write(task.apply(part), tag);
          } catch (InternalError e) {
            throw MappingFault.explain(e);
          }
        },
        groups,
        i ->
            "group %s = %s of table '%s'"
                .formatted(
                    key.name(), key.getUnformattedString(groups.get(i).first()), table.name()));
  }

  private <T extends @Nullable Object, R extends @Nullable Object> List<R> run(
      TableCourier carried,
      WorkerTask<T, R> task,
      List<? extends T> arguments,
      IntFunction<String> labels) {
    COURIER.set(carried);
    try {
      return pool.run(task, arguments, labels, carried::close);
    } finally {
      COURIER.remove();
    }
  }

  /** The files in the order in which their groups first appear. */
  private static List<Path> inOrder(List<Groups.Group> groups, List<String> paths) {
    return IntStream.range(0, groups.size())
        .boxed()
        .sorted(Comparator.comparingInt(i -> groups.get(i).first()))
        .map(i -> Path.of(paths.get(i)))
        .toList();
  }

  /** In the worker: puts a result where the parent finds it. */
  private static String write(@Nullable Table result, String tag) {
    if (result == null || result.columnCount() == 0) {
      throw new StoreException("the task returned no table with columns, but " + result);
    }
    return Trestle.store().catalogue().writePart(tag, ColumnEncoder.content(result)).toString();
  }

  private static Column<?> column(SharedTable table, String column) {
    if (!table.columnNames().contains(column)) {
      throw new StoreException(
          "table '%s' has no column '%s'; it has %s"
              .formatted(table.name(), column, table.columnNames()));
    }
    return table.view().column(column); // table.table() is the user's to change
  }

  private String freeName(String wanted) {
    String plain = wanted.replaceAll("[^A-Za-z0-9_.-]", "_");
    String base = plain.substring(0, Math.min(plain.length(), LONGEST_BASE));
    List<String> taken = store.tables().stream().map(StoredTable::name).toList();
    String name = base;
    for (int i = 2; taken.contains(name); i++) {
      name = base + "." + i;
    }
    return name;
  }

  @Override
  public void close() {
    store.forget(this);
    pool.close();
  }

  @Override
  public String toString() {
    return "%d workers, processes %s".formatted(size(), pids());
  }
}
