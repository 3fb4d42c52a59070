package dev.trestle;

import dev.trestle.worker.Progress;
import dev.trestle.worker.ResultIterator;
import dev.trestle.worker.Terms;
import dev.trestle.worker.WorkerPool;
import dev.trestle.worker.WorkerTask;
import java.io.InvalidObjectException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Tables and tasks on a pool of workers. Serializable only to say why it is not. */
final class PooledWorkers implements Workers, Serializable {
  private final transient Store store;
  private final transient WorkerPool pool;
  private final transient WorkerSettings settings;
  private final transient CallOptions options;
  private final transient PooledWorkers root;
  private final transient Serving serving;
  private final transient PoolParcels parcels;

  private PooledWorkers(Store store, WorkerSettings settings, WorkerPool pool) {
    this.store = store;
    this.settings = settings;
    this.pool = pool;
    this.options = CallOptions.DEFAULT;
    this.root = this;
    this.serving = new Serving(store, pool);
    this.parcels = new PoolParcels(store.catalogue());
  }

  /** In JVMs of their own. */
  static PooledWorkers inProcesses(Store store, WorkerSettings settings) {
    return new PooledWorkers(store, settings, WorkerPools.inProcesses(store, settings));
  }

  /** In threads of this JVM. */
  static PooledWorkers inProcess(Store store, WorkerSettings settings) {
    return new PooledWorkers(store, settings, WorkerPools.inProcess(store, settings));
  }

  private PooledWorkers(PooledWorkers root, CallOptions options) {
    this.store = root.store;
    this.pool = root.pool;
    this.settings = root.settings;
    this.options = options;
    this.root = root;
    this.serving = root.serving;
    this.parcels = root.parcels;
  }

  boolean isInProcess() {
    return pool.isInProcess();
  }

  /** See {@link WorkerPool#start}. */
  void start() {
    WorkerSettings.Initializer initializer = settings.initializer();
    if (initializer == null) {
      pool.start(null);
    } else {
      pool.start((@Nullable Object none) -> {
        initializer.prepare();
        return null;
      });
    }
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
  public void resize(int workers) {
    pool.resize(workers);
  }

  @Override
  public Workers chunk(int tasks) {
    return new PooledWorkers(root, options.chunk(tasks));
  }

  @Override
  public Workers timeout(Duration each) {
    return new PooledWorkers(root, options.timeout(each));
  }

  @Override
  public Workers retries(int times) {
    return new PooledWorkers(root, options.retries(times));
  }

  @Override
  public Workers progress(Consumer<? super Progress> listener) {
    return new PooledWorkers(root, options.listener(listener));
  }

  @Override
  public <T extends @Nullable Object, R extends @Nullable Object> List<R> map(
      Collection<? extends T> arguments, Task<? super T, ? extends R> task) {
    List<T> list = new ArrayList<>(arguments);
    try (var carried = courier()) {
      return run(
          carried,
          new StoringTask<T, R>(task, carried.tag()),
          list,
          options,
          (i, part) -> "task %d of %d".formatted(i + 1, list.size()));
    }
  }

  @Override
  public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      List<R> map(
          Collection<? extends A> firsts,
          Collection<? extends B> seconds,
          PairTask<? super A, ? super B, ? extends R> task) {
    if (firsts.size() != seconds.size()) {
      throw new IllegalArgumentException(
          "there are %,d first and %,d second elements, which do not make pairs"
              .formatted(firsts.size(), seconds.size()));
    }
    List<Pair<A, B>> pairs = new ArrayList<>(firsts.size());
    Iterator<? extends B> second = seconds.iterator();
    firsts.forEach(first -> pairs.add(new Pair<>(first, second.next())));
    return map(pairs, pair -> task.apply(pair.first(), pair.second()));
  }

  private record Pair<A extends @Nullable Object, B extends @Nullable Object>(A first, B second)
      implements Serializable {}

  @Override
  public <C extends @Nullable Object, R extends @Nullable Object> List<R> map(
      SharedTable table,
      Collection<? extends C> configurations,
      PairTask<? super Table, ? super C, ? extends R> task) {
    return map(configurations, configuration -> task.apply(table.table(), configuration));
  }

  @Override
  public <T extends @Nullable Object, R extends @Nullable Object> Results<R> imap(
      Iterable<? extends T> arguments, Task<? super T, ? extends R> task) {
    return stream(arguments.iterator(), task, true);
  }

  @Override
  public <T extends @Nullable Object, R extends @Nullable Object> Results<R> imapUnordered(
      Iterable<? extends T> arguments, Task<? super T, ? extends R> task) {
    return stream(arguments.iterator(), task, false);
  }

  private <T extends @Nullable Object, R extends @Nullable Object> Results<R> stream(
      Iterator<? extends T> arguments, Task<? super T, ? extends R> task, boolean isOrdered) {
    var carried = courier();
    Terms terms = options.terms(carried, (i, part) -> "task %d".formatted(i + 1));
    try {
      ResultIterator<T, R> results =
          pool.stream(new StoringTask<T, R>(task, carried.tag()), arguments, isOrdered, terms);
      return new CourierResults<>(results, carried);
    } catch (RuntimeException e) {
      carried.close();
      throw e;
    }
  }

  @Override
  public <T extends @Nullable Object> void forEach(
      Collection<? extends T> arguments, Action<? super T> action) {
    map(
        arguments,
        (T argument) -> {
          action.accept(argument);
          return true;
        });
  }

  @Override
  public <T extends @Nullable Object, R extends @Nullable Object> CompletableFuture<R> submit(
      T argument, Task<? super T, ? extends R> task) {
    var carried = courier();
    try {
      CompletableFuture<R> future =
          pool.submit(
              new StoringTask<T, R>(task, carried.tag()),
              argument,
              options.termsUnwatched(carried, (i, part) -> "the submitted task"));
      var _ =
          future.whenComplete((_, failure) -> {
            if (failure != null) {
              carried.disturbed();
            }
            carried.close();
          });
      return future;
    } catch (RuntimeException e) {
      carried.close();
      throw e;
    }
  }

  @Override
  public <R extends @Nullable Object> CompletableFuture<R> submit(
      Computation<? extends R> computation) {
    Task<@Nullable Object, R> task = none -> computation.get();
    return submit((@Nullable Object) null, task);
  }

  @Override
  public <T extends @Nullable Object, A> Optional<A> reduce(
      Collection<? extends T> arguments, Task<? super T, A> task, Combiner<A> combiner) {
    return Reduction.of(
        new PooledWorkers(root, options.oneByOne()), options.chunk(), arguments, task, combiner);
  }

  @Override
  public SharedTable mapPartitions(SharedTable table, int parts, TableTask task) {
    return mapPartitions(table, parts, names().free(table.name() + ".parts"), task);
  }

  @Override
  public SharedTable mapPartitions(
      SharedTable table, int parts, String resultName, TableTask task) {
    return tableCalls().mapPartitions(table, parts, resultName, task);
  }

  @Override
  public SharedTable mapGroups(SharedTable table, List<String> columns, TableTask task) {
    String name = table.name() + ".by." + String.join(".", columns);
    return mapGroups(table, columns, names().free(name), task);
  }

  @Override
  public SharedTable mapGroups(
      SharedTable table, List<String> columns, String resultName, TableTask task) {
    return tableCalls().mapGroups(table, columns, resultName, task);
  }

  @Override
  public <R extends @Nullable Object> List<R> groupValues(
      SharedTable table, List<String> columns, Task<? super Table, ? extends R> task) {
    return tableCalls().groupValues(table, columns, task);
  }

  @Override
  public Column<?> apply(SharedTable table, RowTask<?> task) {
    return tableCalls().apply(table, null, task);
  }

  @Override
  public Column<?> apply(SharedTable table, ColumnType type, RowTask<?> task) {
    return tableCalls().apply(table, type, task);
  }

  @Override
  public void forSlices(SharedArray array, int slices, Action<? super SharedArray> action) {
    try (var carried = courier()) {
      ArrayCalls.forSlices(this, options.oneByOne(), carried, array, slices, action);
    }
  }

  @Override
  public <T> Served<T> serve(String name, T object) {
    return serveFrom(name, () -> object);
  }

  @Override
  public <T> Served<T> serveFrom(String name, Computation<? extends T> maker) {
    return serving.object(name, maker);
  }

  @Override
  public ServedTable serveTable(Table table) {
    return serveTable(table.name(), () -> table);
  }

  @Override
  public ServedTable serveTable(String name, Computation<Table> maker) {
    return serving.table(name, maker);
  }

  /** What these workers serve. */
  List<Served<?>> served() {
    return serving.all();
  }

  /** Runs a call on these workers. */
  <T extends @Nullable Object, R extends @Nullable Object> List<R> run(
      TableCourier carried,
      WorkerTask<T, R> task,
      List<? extends T> arguments,
      CallOptions how,
      Terms.Labels labels) {
    try {
      WorkerPool.Outcome<R> outcome = pool.run(task, arguments, how.terms(carried, labels));
      if (outcome.isDisturbed()) {
        carried.disturbed();
      }
      return outcome.results();
    } catch (RuntimeException e) {
      carried.disturbed();
      throw e;
    }
  }

  /** What one call sends and gets through the store. */
  TableCourier courier() {
    return new TableCourier(store.catalogue(), parcels);
  }

  private TableCalls tableCalls() {
    return new TableCalls(this, store, options.oneByOne());
  }

  private FreeNames names() {
    return new FreeNames(store);
  }

  @Override
  public void close() {
    store.forget(root);
    pool.close();
    served().forEach(Served::close);
    parcels.close();
  }

  /** For a task that uses its own workers. */
  private void writeObject(ObjectOutputStream out) throws InvalidObjectException {
    throw new InvalidObjectException(
        "these are workers, and a task runs in one of them already: it cannot use them itself. Let"
            + " it return what is to be done next, and start that from here");
  }

  @Override
  public String toString() {
    return "%d workers, processes %s".formatted(size(), pids());
  }
}
