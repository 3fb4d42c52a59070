package dev.trestle.worker;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** One call of {@link WorkerPool#run}: its task, its results so far, its first failure. */
final class Call {
  private final byte[] task;
  private final Runnable lateEnd;
  private final AtomicReferenceArray<byte[]> results;
  private final CountDownLatch open;
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private final Set<Worker> running = ConcurrentHashMap.newKeySet();

  /**
   * @param lateEnd runs each time that a worker has ended a task of this call after it was over
   */
  Call(byte[] task, int arguments, Runnable lateEnd) {
    this.task = task;
    this.lateEnd = lateEnd;
    this.results = new AtomicReferenceArray<>(arguments);
    this.open = new CountDownLatch(arguments);
  }

  byte[] task() {
    return task;
  }

  /** Whether nobody waits for more results: one task failed, or the caller was interrupted. */
  boolean isOver() {
    return failure.get() != null;
  }

  /** Notes that a worker begins a task of this call; false if nobody waits for it any more. */
  boolean begin(Worker worker) {
    running.add(worker); // before the question: abandon() asks the other way round
    return !isOver();
  }

  /** Notes that a worker has ended its task, or itself. */
  void end(Worker worker) {
    running.remove(worker);
    if (isOver()) {
      lateEnd.run();
    }
  }

  /** Fails, and ends the workers that are busy with it. */
  void abandon(RuntimeException reason) {
    fail(reason);
    running.forEach(Worker::kill);
  }

  void complete(int index, byte[] result) {
    results.set(index, result);
    open.countDown();
  }

  void fail(RuntimeException reason) {
    if (failure.compareAndSet(null, reason)) {
      while (open.getCount() > 0) {
        open.countDown();
      }
    }
  }

  /** Waits until all results are there, or one task failed. */
  @Nullable RuntimeException await() throws InterruptedException {
    open.await();
    return failure.get();
  }

  byte[] result(int index) {
    return results.get(index);
  }
}
