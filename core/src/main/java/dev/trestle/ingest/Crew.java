package dev.trestle.ingest;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The threads of one ingest and the first thing that went wrong in any of them. */
final class Crew {
  private final Thread[] threads;
  private volatile @Nullable Throwable failure;

  /** Threads that wait to be started. */
  Crew(int size) {
    this.threads = new Thread[size];
  }

  /** Has every thread run the work once. */
  void start(Runnable work) {
    for (int i = 0; i < threads.length; i++) {
      threads[i] = Thread.ofPlatform().daemon().name("trestle-ingest-" + (i + 1)).start(work);
    }
  }

  boolean hasFailed() {
    return failure != null;
  }

  synchronized void fail(Throwable e) {
    if (failure == null) {
      failure = e;
    }
  }

  /**
   * Waits until all threads are gone: they use the spools.
   *
   * @param interrupted run once if this thread is interrupted meanwhile; it is again on return
   */
  void join(Runnable interrupted) {
    boolean wasInterrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          wasInterrupted = true;
          interrupted.run();
        }
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  void rethrow() throws IOException {
    switch (failure) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
  }
}
