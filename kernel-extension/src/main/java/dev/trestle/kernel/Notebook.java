package dev.trestle.kernel;

import dev.trestle.Trestle;
import dev.trestle.Workers;
import org.jspecify.annotations.Nullable;

/** What belongs to the notebook as a whole: the workers that {@code %workers} starts. */
public final class Notebook {
  private static @Nullable Workers pool; // guarded by the class

  private Notebook() {}

  /**
   * The workers that {@code %workers} started; every cell can use them, as {@code workers()}.
   *
   * @throws IllegalStateException if there are none
   */
  public static synchronized Workers workers() {
    Workers workers = openPool();
    if (workers == null) {
      throw new IllegalStateException(
          "This notebook has no workers yet. Start two with the line: %workers 2");
    }
    return workers;
  }

  /** Sees to it that there are exactly so many workers; a pool of another size is ended first. */
  static synchronized Workers resize(int size) {
    Workers workers = openPool();
    if (workers != null && workers.size() == size && workers.pids().size() == size) {
      return workers;
    }
    stop();
    Workers started = Trestle.workers(size);
    pool = started;
    return started;
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
