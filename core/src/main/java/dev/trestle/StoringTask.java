package dev.trestle;

import dev.trestle.store.MappingFault;
import dev.trestle.worker.WorkerTask;
import org.jspecify.annotations.Nullable;

/**
 * A user's task whose results may be or hold tables: those come back through the store.
 *
 * @param tag marks the files
 */
record StoringTask<T extends @Nullable Object, R extends @Nullable Object>(
    Task<? super T, ? extends R> task, String tag) implements WorkerTask<T, R> {

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
