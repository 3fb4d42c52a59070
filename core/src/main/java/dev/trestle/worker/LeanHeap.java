package dev.trestle.worker;

import java.util.concurrent.locks.LockSupport;

/**
 * Keeps a worker's heap close to what is alive on it.
 *
 * <p>The serial collector lets the heap grow to its limit before it looks at the old generation: a
 * task that fills columns row by row leaves each outgrown array behind there. On a machine full of
 * workers that memory is better given back. A collection is asked for when the heap has grown by
 * half since the last one, which keeps the work proportional to the growth, and when the worker has
 * been idle for a moment.
 */
final class LeanHeap {
  private static final long CHECK_NANOS = 25_000_000; // 25 ms

  /** After this long without work, what the last tasks left on the heap goes back. */
  private static final int CHECKS_UNTIL_IDLE = 4;

  /** Growth that is not worth a collection: the young generation comes and goes within it. */
  private static final long SLACK = 24L << 20; // 24 MiB

  private final Runnable whenIdle;
  private final Thread watch =
      Thread.ofPlatform().name("trestle-heap").daemon().unstarted(this::run);
  private volatile boolean isBusy;
  private volatile boolean isAsleep;
  private long live = used();

  /**
   * @param whenIdle lets go of what is kept only in case that more work comes at once
   */
  LeanHeap(Runnable whenIdle) {
    this.whenIdle = whenIdle;
  }

  /** Begins to watch the heap. */
  void watch() {
    watch.start();
  }

  /** Notes that work begins or ends. */
  void busy(boolean now) {
    isBusy = now;
    if (now && isAsleep) {
      LockSupport.unpark(watch);
    }
  }

  private void run() {
    int idle = 0;
    while (true) {
      LockSupport.parkNanos(this, CHECK_NANOS);
      if (isBusy) {
        idle = 0;
        if (used() > live + live / 2 + SLACK) {
          collect();
        }
      } else if (++idle == CHECKS_UNTIL_IDLE) {
        whenIdle.run();
        collect();
        sleep();
        idle = 0;
      }
    }
  }

  /** An idle worker does nothing at all. */
  private void sleep() {
    isAsleep = true;
    while (!isBusy) {
      LockSupport.park(this);
    }
    isAsleep = false;
  }

  /** Frees what nobody refers to: heap, and the mappings of tables that may have been dropped. */
  private void collect() {
    System.gc();
    live = used();
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
