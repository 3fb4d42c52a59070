package dev.trestle.worker;

/**
 * Keeps a worker's heap close to what is alive on it.
 *
 * <p>The serial collector lets the heap grow to its limit before it looks at the old generation: a
 * task that fills columns row by row leaves each outgrown array behind there. On a machine full of
 * workers that memory is better given back. A collection is asked for when the heap has grown by
 * half since the last one, which keeps the work proportional to the growth, and when the worker is
 * idle.
 */
final class LeanHeap {
  private static final long CHECK_MILLIS = 25;

  /** Growth that is not worth a collection: the young generation comes and goes within it. */
  private static final long SLACK = 24L << 20; // 24 MiB

  private volatile long live = used();

  /** Begins to watch the heap. */
  void watch() {
    Thread.ofPlatform().name("trestle-heap").daemon().start(this::run);
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(CHECK_MILLIS);
        if (used() > live + live / 2 + SLACK) {
          collect();
        }
      }
    } catch (InterruptedException e) {
      // nobody interrupts this thread but the end of the JVM
    }
  }

  /** Frees what nobody refers to: heap, and the mappings of tables that may have been dropped. */
  synchronized void collect() {
    System.gc();
    live = used();
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
