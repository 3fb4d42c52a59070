package dev.trestle;

import dev.trestle.worker.PoolThreads;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a task finds around it when its worker is a thread of this JVM: the store of its workers and
 * the worker's own state, as if it were in a JVM of its own.
 */
final class TaskThread {
  private static final ThreadLocal<@Nullable TaskThread> CURRENT = new ThreadLocal<>();

  private final Store store;
  private final ConcurrentHashMap<String, Object> state = new ConcurrentHashMap<>();

  private TaskThread(Store store) {
    this.store = store;
  }

  /** A thread for a worker on a store. */
  static Thread of(Store store, Runnable work) {
    var own = new TaskThread(store);
    return PoolThreads.daemon(
        "trestle-task",
        () -> {
          CURRENT.set(own);
          work.run();
        });
  }

  /** The store of the workers that run the present task; null in any other thread. */
  static @Nullable Store store() {
    TaskThread current = CURRENT.get();
    return current == null ? null : current.store;
  }

  /** See {@link Workers#state}. */
  @SuppressWarnings("unchecked") // the caller's word, as in any map of objects
  static <S> S state(String key, Supplier<? extends S> maker) {
    TaskThread current = CURRENT.get();
    return current == null
        ? WorkerState.of(key, maker)
        : (S) current.state.computeIfAbsent(key, unknown -> maker.get());
  }
}
