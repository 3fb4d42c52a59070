package dev.trestle.worker;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One argument of a call, on its way through the pool. In one batch at a time. */
final class Job {
  /** A job that has seen that many workers die is the likely cause. */
  static final int MAX_DEATHS = 3;

  private final long index;
  private final @Nullable Object argument;
  private final AtomicInteger failures = new AtomicInteger();
  private volatile boolean isSuspect;

  Job(long index, @Nullable Object argument) {
    this.index = index;
    this.argument = argument;
  }

  /** Which of the call's arguments. */
  long index() {
    return index;
  }

  @Nullable Object argument() {
    return argument;
  }

  /** Notes that it has failed, in whatever way, and returns how often it has by now. */
  int countFailure() {
    return failures.incrementAndGet();
  }

  /** Whether it is to run alone: a worker died on a batch with this job, and nobody knows why. */
  boolean isSuspect() {
    return isSuspect;
  }

  void suspect() {
    isSuspect = true;
  }
}
