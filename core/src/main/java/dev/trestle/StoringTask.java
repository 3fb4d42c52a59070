package dev.trestle;

import dev.trestle.store.MappingFault;
import dev.trestle.worker.WorkerTask;
import org.jspecify.annotations.Nullable;

/**
 * A user's task whose results may be or hold tables: those come back through the store.
 *
 * <p>Not a record: a worker's first result would wait 12 ms longer for the method handles that the
 * JDK makes to read one.
 */
final class StoringTask<T extends @Nullable Object, R extends @Nullable Object>
    implements WorkerTask<T, R> {
  private final Task<? super T, ? extends R> task;
  private final String tag;

  /**
   * @param tag marks the files
   */
  StoringTask(Task<? super T, ? extends R> task, String tag) {
    this.task = task;
    this.tag = tag;
  }

  @Override
  public R run(T argument) throws Exception {
    try {
      return task.apply(argument);
    } catch (InternalError e) {
      throw MappingFault.explain(e);
    }
  }

  @Override
  public Object outgoing(Object object) {
    return TableCourier.result(object, tag);
  }
}
