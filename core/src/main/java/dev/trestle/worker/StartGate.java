package dev.trestle.worker;

import org.jspecify.annotations.Nullable;

/** Lets those through who wait for workers to start. Safe for use by several threads. */
final class StartGate {
  private int open;
  private boolean isPassed;
  private boolean isClosed;
  private @Nullable WorkerLostException failure;

  /** Notes that so many workers are about to start. */
  synchronized void expect(int workers) {
    failure = null;
    open += workers;
  }

  synchronized void started() {
    if (open > 0) {
      open--;
    }
    failure = null;
    notifyAll();
  }

  /** Returns whether somebody was let through before: then nobody waits for this worker here. */
  synchronized boolean failed(WorkerLostException reason) {
    failure = reason;
    notifyAll();
    return isPassed;
  }

  synchronized void close() {
    isClosed = true;
    notifyAll();
  }

  /**
   * Waits until all workers expected have started.
   *
   * @throws WorkerLostException if one of them cannot
   */
  synchronized void await() throws InterruptedException {
    while (open > 0 && failure == null && !isClosed) {
      wait();
    }
    isPassed = true;
    if (failure != null) {
      throw failure;
    }
  }
}
