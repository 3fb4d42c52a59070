package dev.trestle;

import dev.trestle.column.ColumnEncoder;
import dev.trestle.column.Groups;
import dev.trestle.store.MappingFault;
import dev.trestle.store.StoreException;
import dev.trestle.worker.PartFailedException;
import dev.trestle.worker.WorkerTask;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * In the worker: applies a user's task to groups of rows, and puts the results where the parent
 * finds them.
 *
 * @param rows what scattered groups are gathered by; null if there are none
 * @param tag marks the files
 */
record GroupsTask(SharedTable table, @Nullable IntColumn rows, TableTask task, String tag)
    implements WorkerTask<GroupsTask.Job, String> {

  /** Groups whose results go into one file. */
  record Job(List<Groups.Group> groups) implements Serializable {
    long rows() {
      return groups.stream().mapToLong(Groups.Group::count).sum();
    }
  }

  /** Returns the path of the file. */
  @Override
  public String run(Job job) throws Exception {
    Table result = null;
    for (int i = 0; i < job.groups().size(); i++) {
      Table next;
      try {
        next = checked(task.apply(part(table, rows, job.groups().get(i))));
      } catch (Exception | StackOverflowError e) {
        throw new PartFailedException(i, e);
      } catch (InternalError e) {
        throw new PartFailedException(i, MappingFault.explain(e));
      }
      if (result == null) {
        // A task may return what it was given, which cannot be changed.
        result = job.groups().size() == 1 ? next : next.emptyCopy();
      }
      if (job.groups().size() > 1) {
        append(result, next);
      }
    }
    return Trestle.store()
        .catalogue()
        .results()
        .write(tag, ColumnEncoder.content(checked(result)))
        .toString();
  }

  /** The rows of a group. */
  static Table part(SharedTable table, @Nullable IntColumn rows, Groups.Group group) {
    if (rows == null || group.isContiguous()) {
      return table.view(group.first(), group.count());
    }
    return group.gather(table.view(), rows);
  }

  private static Table checked(@Nullable Table result) {
    if (result == null || result.columnCount() == 0) {
      throw new StoreException("the task returned no table with columns, but " + result);
    }
    return result;
  }

  private static void append(Table table, Table more) {
    List<String> wanted = signature(table);
    List<String> found = signature(more);
    if (!wanted.equals(found)) {
      throw new StoreException(
          "the results cannot be put together, their columns differ: %s and %s"
              .formatted(wanted, found));
    }
    for (int i = 0; i < table.columnCount(); i++) {
      append(table.column(i), more.column(i));
    }
  }

  @SuppressWarnings("unchecked") // of the same type: the signatures are equal
  private static <C> void append(Column<C> column, Column<?> more) {
    column.append((Column<C>) more);
  }

  private static List<String> signature(Table table) {
    return table.columns().stream().map(column -> column.name() + " " + column.type()).toList();
  }
}
