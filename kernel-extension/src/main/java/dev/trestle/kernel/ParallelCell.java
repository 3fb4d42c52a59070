package dev.trestle.kernel;

import dev.trestle.SharedTable;
import dev.trestle.TableTask;
import dev.trestle.Trestle;
import dev.trestle.Workers;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/** What the code calls that {@code %%parallel} makes of a cell. */
@SuppressWarnings("overloads") // the magic writes the lambda's parameter type: no doubt is left
public final class ParallelCell {
  /** The ids of tables made here under a name of the notebook's: the next run replaces them. */
  private static final Set<String> MADE = ConcurrentHashMap.newKeySet();

  /** A part's value. */
  @FunctionalInterface
  public interface ValueOf<R extends @Nullable Object> extends Serializable {
    /** Computes the value, on a worker. */
    R apply(Table part) throws Exception;
  }

  /** Something done for a part. */
  @FunctionalInterface
  public interface ActionOn extends Serializable {
    /** Does it, on a worker. */
    void accept(Table part) throws Exception;
  }

  private final SharedTable table;
  private final boolean isShared;
  private List<String> columns = List.of();
  private int parts;
  private @Nullable String name;

  private ParallelCell(SharedTable table, boolean isShared) {
    this.table = table;
    this.isShared = isShared;
  }

  /** Over the shared table of a name. */
  public static ParallelCell over(String name) {
    return new ParallelCell(Trestle.attach(name), true);
  }

  /** Over a shared table. */
  public static ParallelCell over(SharedTable table) {
    return new ParallelCell(table, true);
  }

  /** Over a table that is shared for the time of the call. */
  public static ParallelCell over(Table table) {
    String name = "parallel-%d-%x".formatted(ProcessHandle.current().pid(), System.nanoTime());
    return new ParallelCell(Trestle.share(name, table), false);
  }

  /** In groups by these columns; none for parts of neighbouring rows. */
  public ParallelCell by(List<String> groupColumns) {
    columns = List.copyOf(groupColumns);
    return this;
  }

  /** In so many parts, if not in groups; 0 for as many as there are workers. */
  public ParallelCell parts(int number) {
    parts = number;
    return this;
  }

  /** With a resulting table of this name, in place of the one of an earlier run; null for any. */
  public ParallelCell into(@Nullable String tableName) {
    name = tableName;
    return this;
  }

  /** Runs the task on each part; the tables become one. */
  public SharedTable run(TableTask task) {
    return closing(() -> {
      String called = name;
      if (called != null && MADE.contains(called)) {
        Trestle.drop(called);
      }
      SharedTable result = called == null ? unnamed(task) : named(called, task);
      if (called != null) {
        MADE.add(called);
      }
      return result;
    });
  }

  private SharedTable unnamed(TableTask task) {
    return columns.isEmpty()
        ? workers().mapPartitions(table, number(), task)
        : workers().mapGroups(table, columns, task);
  }

  private SharedTable named(String called, TableTask task) {
    return columns.isEmpty()
        ? workers().mapPartitions(table, number(), called, task)
        : workers().mapGroups(table, columns, called, task);
  }

  /** Runs the task on each part; the values become a list, in the order of the parts. */
  public <R extends @Nullable Object> List<R> run(ValueOf<R> task) {
    return closing(() ->
        columns.isEmpty()
            ? workers().map(table.partitions(number()), slice -> task.apply(slice.table()))
            : workers().groupValues(table, columns, task::apply));
  }

  /** Runs the task on each part. */
  public void run(ActionOn task) {
    var _ =
        run((Table part) -> {
          task.accept(part);
          return true;
        });
  }

  private interface Call<R extends @Nullable Object> {
    R get();
  }

  private <R extends @Nullable Object> R closing(Call<R> call) {
    try {
      return call.get();
    } finally {
      if (!isShared) {
        table.drop();
      }
    }
  }

  private int number() {
    return parts == 0 ? workers().size() : parts;
  }

  private static Workers workers() {
    return Notebook.workersOrNew();
  }
}
