package dev.trestle;

import dev.trestle.column.Groups;
import dev.trestle.store.MappingFault;
import dev.trestle.worker.PartFailedException;
import dev.trestle.worker.WorkerTask;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * In the worker: applies a user's task to groups of rows, and returns what it gives for each.
 *
 * @param rows what scattered groups are gathered by; null if there are none
 * @param tag marks the files of tables among the values
 */
record GroupValuesTask<R extends @Nullable Object>(
    SharedTable table, @Nullable IntColumn rows, Task<? super Table, ? extends R> task, String tag)
    implements WorkerTask<GroupsTask.Job, List<R>> {

  @Override
  public List<R> run(GroupsTask.Job job) throws Exception {
    List<R> values = new ArrayList<>();
    for (Groups.Group group : job.groups()) {
      try {
        values.add(task.apply(GroupsTask.part(table, rows, group)));
      } catch (Exception | StackOverflowError e) {
        throw new PartFailedException(values.size(), e);
      } catch (InternalError e) {
        throw new PartFailedException(values.size(), MappingFault.explain(e));
      }
    }
    return values;
  }

  @Override
  public Object outgoing(Object object) {
    return TableCourier.result(object, tag);
  }
}
