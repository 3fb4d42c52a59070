package dev.trestle;

import dev.trestle.worker.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * A set of worker JVMs that run tasks for this one.
 *
 * <p>Arguments and results are copied between the JVMs; a {@link SharedTable} among them goes as a
 * handle, and Tablesaw tables and columns go through shared memory, also those in lists, maps and
 * records. Small tasks are sent many at a time: as many as take some 2 ms.
 *
 * <p>Every method that waits for results fails in the same ways:
 *
 * <ul>
 *   <li>{@link dev.trestle.worker.TaskFailedException} if a task threw; the cause has the worker's
 *       frames. Tasks not yet started are dropped.
 *   <li>{@link dev.trestle.worker.WorkerLostException} if three workers died under the same task
 *       (see {@link #retries}), with the last words of the last one; or none can be started
 *   <li>{@link dev.trestle.worker.TaskTimeoutException} if a task took longer than it may
 *   <li>{@link dev.trestle.closure.CaptureException} if something the task uses cannot be sent
 *   <li>{@link java.util.concurrent.CancellationException} if this thread is interrupted; its
 *       interrupt status stays set, and the workers busy with the call are replaced
 *   <li>{@link IllegalStateException} if the workers are closed
 * </ul>
 *
 * <p>Safe for use by several threads; concurrent calls take turns. Close it to end the workers;
 * they also end by themselves when this JVM dies. A worker that dies is replaced.
 */
public interface Workers extends AutoCloseable {

  /** How many workers there are. */
  int size();

  /** The process ids of the workers alive now. */
  List<Long> pids();

  /**
   * Changes how many workers there are, and returns when new ones are ready. Those too many end
   * when they have done what they have in hand.
   */
  void resize(int workers);

  // How tasks are run. Each gives another view of the same workers and leaves this one as it is.

  /** These workers, given so many tasks at a time. */
  Workers chunk(int tasks);

  /**
   * These workers, with a limit to the time of one task. The worker of a task that takes longer is
   * ended and replaced, and the task has failed; see {@link #retries}. For small groups of {@link
   * #mapGroups} that are sent together it is the limit to all of them.
   */
  Workers timeout(Duration each);

  /**
   * These workers, running a task again after it failed, so many times at most: because it threw,
   * took too long, or its worker died. Without this a task is run again, twice, only when its
   * worker died.
   */
  Workers retries(int times);

  /**
   * These workers, telling a listener about ten times a second how far a call is, and once at its
   * end. It is called in the thread that waits for the results; nobody waits for {@link #submit}.
   */
  Workers progress(Consumer<? super Progress> listener);

  /**
   * These workers, drawing a bar in the terminal for each call that waits for results; its last
   * state stays there. Where this JVM's output is no terminal nothing is drawn: a log stays
   * readable.
   *
   * <p>The {@code jshell} tool runs code in a JVM that has no terminal: there, ask with {@code
   * progressBar(System.out)}. One call at a time has a bar.
   */
  default Workers progressBar() {
    return ProgressLine.isTerminal() ? progressBar(System.out) : this;
  }

  /** As {@link #progressBar()}, to a stream, whatever that leads to. */
  default Workers progressBar(PrintStream out) {
    return progress(new ProgressLine(out));
  }

  // Tasks.

  /** Applies the task to each argument; returns the results in the order of the arguments. */
  <T extends @Nullable Object, R extends @Nullable Object> List<R> map(
      Collection<? extends T> arguments, Task<? super T, ? extends R> task);

  /** As {@link #map(Collection, Task)}; the stream has an end, and is not closed. */
  default <T extends @Nullable Object, R extends @Nullable Object> List<R> map(
      Stream<T> arguments, Task<? super T, ? extends R> task) {
    return map(arguments.toList(), task);
  }

  /**
   * Applies the task to pairs: the first of both collections, the second of both, and so on.
   *
   * @throws IllegalArgumentException if one has more elements than the other
   */
  <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> List<R> map(
      Collection<? extends A> firsts,
      Collection<? extends B> seconds,
      PairTask<? super A, ? super B, ? extends R> task);

  /** Applies the task to a shared table with each of several configurations. */
  <C extends @Nullable Object, R extends @Nullable Object> List<R> map(
      SharedTable table,
      Collection<? extends C> configurations,
      PairTask<? super Table, ? super C, ? extends R> task);

  /** As {@link #map}, with results one by one in the order of the arguments. */
  <T extends @Nullable Object, R extends @Nullable Object> Results<R> imap(
      Iterable<? extends T> arguments, Task<? super T, ? extends R> task);

  /** As {@link #imap(Iterable, Task)}; the stream may be endless, and is not closed. */
  default <T extends @Nullable Object, R extends @Nullable Object> Results<R> imap(
      Stream<T> arguments, Task<? super T, ? extends R> task) {
    return imap(new OnePass<>(arguments.iterator()), task);
  }

  /** As {@link #map}, with results one by one as they arrive. */
  <T extends @Nullable Object, R extends @Nullable Object> Results<R> imapUnordered(
      Iterable<? extends T> arguments, Task<? super T, ? extends R> task);

  /** As {@link #imapUnordered(Iterable, Task)}; the stream may be endless, and is not closed. */
  default <T extends @Nullable Object, R extends @Nullable Object> Results<R> imapUnordered(
      Stream<T> arguments, Task<? super T, ? extends R> task) {
    return imapUnordered(new OnePass<>(arguments.iterator()), task);
  }

  /** Does something for each argument, and returns when all is done. */
  <T extends @Nullable Object> void forEach(
      Collection<? extends T> arguments, Action<? super T> action);

  /** As {@link #forEach(Collection, Action)}; the stream has an end, and is not closed. */
  default <T extends @Nullable Object> void forEach(Stream<T> arguments, Action<? super T> action) {
    forEach(arguments.toList(), action);
  }

  /**
   * Applies the task to one argument and does not wait. Cancelling the future ends the worker that
   * is busy with the task; the future fails as {@link #map} does.
   */
  <T extends @Nullable Object, R extends @Nullable Object> CompletableFuture<R> submit(
      T argument, Task<? super T, ? extends R> task);

  /** Runs the computation and does not wait; see {@link #submit(Object, Task)}. */
  <R extends @Nullable Object> CompletableFuture<R> submit(Computation<? extends R> computation);

  /**
   * Applies the task to each argument and puts the results together, most of them on the workers.
   *
   * @return empty if there are no arguments
   */
  <T extends @Nullable Object, A> Optional<A> reduce(
      Collection<? extends T> arguments, Task<? super T, A> task, Combiner<A> combiner);

  /** As {@link #reduce(Collection, Task, Combiner)}; the stream has an end, and is not closed. */
  default <T extends @Nullable Object, A> Optional<A> reduce(
      Stream<T> arguments, Task<? super T, A> task, Combiner<A> combiner) {
    return reduce(arguments.toList(), task, combiner);
  }

  // Tables.

  /**
   * Applies the task to the table in that many parts, each of neighbouring rows and about as large
   * as the others, and returns the tables that it gave, one after the other. The new table is named
   * after the source: {@code flights.parts}.
   *
   * @throws dev.trestle.store.StoreException if the results differ in their columns, or no room is
   *     left; and as for {@link #map}
   */
  SharedTable mapPartitions(SharedTable table, int parts, TableTask task);

  /** As {@link #mapPartitions(SharedTable, int, TableTask)}, with a name for the new table. */
  SharedTable mapPartitions(SharedTable table, int parts, String resultName, TableTask task);

  /**
   * Applies the task once to each group of rows that have the same value in the column, and returns
   * the tables that it gave, one after the other in the order in which the groups first appear.
   *
   * <p>The results are written to shared memory by the workers; the rows never pass through this
   * JVM's heap. Large groups are begun first; small ones are sent many at a time. The new table is
   * named after the source: {@code flights.by.origin}.
   *
   * @param column the name of the grouping column; missing values form a group of their own
   * @throws dev.trestle.store.StoreException if there is no such column, or the results differ in
   *     their columns, or no room is left; and as for {@link #map}
   */
  default SharedTable mapGroups(SharedTable table, String column, TableTask task) {
    return mapGroups(table, List.of(column), task);
  }

  /** As {@link #mapGroups(SharedTable, String, TableTask)}, with a name for the new table. */
  default SharedTable mapGroups(
      SharedTable table, String column, String resultName, TableTask task) {
    return mapGroups(table, List.of(column), resultName, task);
  }

  /** As {@link #mapGroups(SharedTable, String, TableTask)}, grouped by several columns. */
  SharedTable mapGroups(SharedTable table, List<String> columns, TableTask task);

  /** As {@link #mapGroups(SharedTable, List, TableTask)}, with a name for the new table. */
  SharedTable mapGroups(SharedTable table, List<String> columns, String resultName, TableTask task);

  /**
   * Applies the task once to each group of rows that have the same values in the columns, and
   * returns what it gave, in the order in which the groups first appear.
   *
   * @param columns the names of the grouping columns; missing values form groups of their own
   * @throws dev.trestle.store.StoreException if there is no such column; and as for {@link #map}
   */
  <R extends @Nullable Object> List<R> groupValues(
      SharedTable table, List<String> columns, Task<? super Table, ? extends R> task);

  /**
   * Computes a value for each row; returns them as a column named {@code value} that reads shared
   * memory and can be added to {@link SharedTable#table}.
   *
   * <p>Its type is that of the values: {@code Integer}, {@code Long}, {@code Short}, {@code
   * Double}, {@code Float}, {@code Boolean}, {@code String}, {@code LocalDate}, {@code LocalTime},
   * {@code LocalDateTime} or {@code Instant}, the same for all rows; null is missing.
   *
   * @throws dev.trestle.store.StoreException if no row has a value, so that the type is not known
   */
  Column<?> apply(SharedTable table, RowTask<?> task);

  /** As {@link #apply(SharedTable, RowTask)}, where the type is known before. */
  Column<?> apply(SharedTable table, ColumnType type, RowTask<?> task);

  // Objects that stay where they are.

  /**
   * Keeps an object in a process of its own, its owner, and answers what is asked about it: for
   * what cannot be shared, and is too large for a copy in each worker.
   *
   * <p>Captured by a task, the result travels as a handle; whoever has it asks the owner directly.
   * The owner is none of the {@link #size} workers and takes no tasks. It starts as they do, with a
   * heap that may be as large as this JVM's, and ends with {@link Served#close}, with these
   * workers, and with this JVM.
   *
   * @param object copied to the owner as an argument is to a worker: a Tablesaw table reads shared
   *     memory there, and cannot be changed
   * @throws dev.trestle.worker.WorkerLostException if the owner cannot be started
   * @throws dev.trestle.closure.CaptureException if the object cannot be sent: see {@link
   *     #serveFrom}
   */
  default <T> Served<T> serve(T object) {
    return serve(object.getClass().getSimpleName(), object);
  }

  /** As {@link #serve(Object)}, with a name for the object, which errors say. */
  <T> Served<T> serve(String name, T object);

  /**
   * As {@link #serve(String, Object)}, for an object that is made in its owner: it need not be of a
   * kind that can be sent, such as a connection, a model of a native library, or an index.
   *
   * @throws dev.trestle.worker.TaskFailedException if the maker threw
   */
  <T> Served<T> serveFrom(String name, Computation<? extends T> maker);

  /** As {@link #serve(String, Object)}, for a Tablesaw table, named as it is. */
  ServedTable serveTable(Table table);

  /**
   * As {@link #serveFrom}, for a table that is made in its owner, such as one on the owner's heap,
   * which can be changed by what is asked.
   */
  ServedTable serveTable(String name, Computation<Table> maker);

  // Arrays.

  /**
   * Hands the array out in that many slices, each of neighbouring places of its first axis and
   * about as large as the others, and returns when something was done to each. A slice is the
   * array's own memory: what a worker writes to it is in the array, and nothing is copied. An array
   * with fewer places than slices has one slice for each; one with none is left alone.
   *
   * <p>A slice whose worker died is given to another one as the dead one left it, perhaps half
   * written; the same holds for {@link #retries}. So an action must come to the same result when it
   * runs on such a slice again: {@code slice.fill(1)} and {@code slice.copyFrom(...)} do, {@code
   * slice.add(1)} does not. With {@code retries(0)} a slice that failed is not run again, and the
   * call fails. What was written stays written.
   *
   * @param action does something to a slice, in place
   * @throws UnsupportedOperationException if the array is attached read-only; and as for {@link
   *     #map}
   * @throws IllegalArgumentException if it is a single number, or there is to be no slice
   */
  void forSlices(SharedArray array, int slices, Action<? super SharedArray> action);

  /**
   * In a task: something that its worker keeps as long as it lives, made when it is first asked
   * for. Elsewhere it is kept by this JVM.
   *
   * @param key its name; what has another class now than when it was made, is to have another name
   */
  static <S> S state(String key, Supplier<? extends S> maker) {
    return TaskThread.state(key, maker);
  }

  /**
   * Workers that are threads of this JVM, on the default store: for stepping through tasks with a
   * debugger, and for tasks that are too small to be sent anywhere.
   *
   * <p>Everything here works as with workers that are JVMs, but for what follows from the one JVM:
   *
   * <ul>
   *   <li>Nothing is copied. Tasks use the very objects of the caller, arguments and results are
   *       handed over as they are; what a task changes, is changed.
   *   <li>A worker is ended (by a timeout, an interrupt, a cancelled future, its close) by an
   *       interrupt of its thread. A task that does not react to that runs on until it is done, and
   *       what it gives is dropped.
   *   <li>{@code System.exit}, a crash or a full heap are the end of this JVM.
   *   <li>There is no memory limit for one worker, and {@link #pids} is this process.
   * </ul>
   */
  static Workers inProcess(int n) {
    return inProcess(WorkerSettings.of(n));
  }

  /**
   * As {@link #inProcess(int)}, with settings.
   *
   * @throws IllegalArgumentException if these have a memory limit
   */
  static Workers inProcess(WorkerSettings settings) {
    return Trestle.store().workersInProcess(settings);
  }

  /** Ends the workers. Calls in flight fail. Views share their workers, and so their end. */
  @Override
  void close();
}
