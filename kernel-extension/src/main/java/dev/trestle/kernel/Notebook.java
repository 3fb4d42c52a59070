package dev.trestle.kernel;

import dev.trestle.Trestle;
import dev.trestle.WorkerSettings;
import dev.trestle.Workers;
import org.jspecify.annotations.Nullable;

/** What belongs to the notebook as a whole: the workers that {@code %workers} starts. */
public final class Notebook {
  /** A property that only worker JVMs have. */
  private static final String OF_WORKERS = "trestle.session";

  private static @Nullable Workers pool; // guarded by the class
  private static @Nullable WorkerSettings settings; // of the pool

  private Notebook() {}

  /**
   * The workers that {@code %workers} started; every cell can use them, as {@code workers()}.
   *
   * @throws IllegalStateException if there are none
   */
  public static synchronized Workers workers() {
    Workers workers = openPool();
    if (workers == null) {
      if (System.getProperty(OF_WORKERS) != null) {
        throw new IllegalStateException(
            "workers() is of the notebook, and this task runs in one of them already. Let it return"
                + " what is to be done next, and start that from a cell");
      }
      throw new IllegalStateException(
          "This notebook has no workers yet. Start two with the line: %workers 2");
    }
    return workers;
  }

  /** The notebook's workers; as many new ones as there are processors, if there are none. */
  static synchronized Workers workersOrNew() {
    Workers workers = openPool();
    return workers == null
        ? start(WorkerSettings.of(Runtime.getRuntime().availableProcessors()), true)
        : workers;
  }

  /**
   * Sees to it that there are workers with such settings.
   *
   * @param asTold whether all of the settings are wanted: if not, workers that are there already
   *     keep theirs, and only their number changes
   */
  static synchronized Workers start(WorkerSettings wanted, boolean asTold) {
    Workers workers = openPool();
    if (workers != null && !asTold) {
      if (workers.size() != wanted.count()) {
        workers.resize(wanted.count());
      }
      return workers;
    }
    stop();
    Workers started = Trestle.workers(wanted);
    settings = wanted;
    pool = started;
    return started;
  }

  /**
   * Ends the workers and starts as many new ones with the same settings; null if there are none.
   */
  static synchronized @Nullable Workers restart() {
    Workers workers = openPool();
    WorkerSettings known = settings;
    return workers == null || known == null ? null : start(known.count(workers.size()), true);
  }

  /** Ends the notebook's workers; returns whether there were any. */
  static synchronized boolean stop() {
    Workers workers = openPool();
    pool = null;
    if (workers == null) {
      return false;
    }
    workers.close();
    return true;
  }

  static synchronized boolean owns(Workers workers) {
    return workers.equals(pool);
  }

  /** The pool, unless a cell has closed it. */
  private static @Nullable Workers openPool() {
    return pool != null && Trestle.openWorkers().contains(pool) ? pool : null;
  }
}
