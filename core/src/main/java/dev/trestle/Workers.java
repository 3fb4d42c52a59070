package dev.trestle;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of worker JVMs that run tasks for this one.
 *
 * <p>Safe for use by several threads; concurrent calls share the workers. Close it to end the
 * workers; they also end by themselves when this JVM dies. A worker that dies is replaced.
 */
public interface Workers extends AutoCloseable {

  /** How many workers there are. */
  int size();

  /** The process ids of the workers alive now. */
  List<Long> pids();

  /**
   * Applies the task to each argument, on any worker, and returns the results in the order of the
   * arguments.
   *
   * <p>Arguments and results are copied between the JVMs; a {@link SharedTable} among them goes as
   * a handle. When a worker dies, its task is run again on another one, three times at most.
   *
   * @throws dev.trestle.worker.TaskFailedException if the task threw; the cause has the worker's
   *     frames. Tasks not yet started are dropped.
   * @throws dev.trestle.closure.CaptureException if something the task uses cannot be sent
   * @throws dev.trestle.worker.WorkerLostException if three workers died under the same task, or
   *     none can be started any more
   * @throws java.util.concurrent.CancellationException if this thread is interrupted; its interrupt
   *     status stays set, and the workers busy with the call are replaced
   * @throws IllegalStateException if the workers are closed
   */
  <T extends @Nullable Object, R extends @Nullable Object> List<R> map(
      Collection<? extends T> arguments, Task<? super T, ? extends R> task);

  /**
   * Applies the task once to each group of rows that have the same value in the column, and returns
   * the tables that it gave, one after the other in the order in which the groups first appear.
   *
   * <p>The results are written to shared memory by the workers; the rows never pass through this
   * JVM's heap. The new table is named after the source: {@code flights.by.origin}.
   *
   * @param column the name of the grouping column; missing values form a group of their own
   * @throws dev.trestle.store.StoreException if there is no such column, or the results differ in
   *     their columns, or no room is left
   * @throws dev.trestle.worker.TaskFailedException if the task threw; and as for {@link #map}
   */
  SharedTable mapGroups(SharedTable table, String column, TableTask task);

  /** As {@link #mapGroups(SharedTable, String, TableTask)}, with a name for the new table. */
  SharedTable mapGroups(SharedTable table, String column, String resultName, TableTask task);

  /** Ends the workers. Calls in flight fail. */
  @Override
  void close();
}
