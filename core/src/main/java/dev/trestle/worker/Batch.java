package dev.trestle.worker;

import java.util.List;

/**
 * Jobs of one call that a worker was given together.
 *
 * <p>Made and delivered by one thread, then the business of the lane's own thread; what others ask
 * for is volatile.
 */
final class Batch {
  private final int number;
  private final Call call;
  private final List<Job> jobs;
  private volatile int size;
  private volatile int done;
  private volatile long lastSign;
  private volatile boolean isDelivered;
  private volatile boolean isLate;
  private boolean isAttended;
  private boolean isWantedBack;

  Batch(int number, Call call, List<Job> jobs) {
    this.number = number;
    this.call = call;
    this.jobs = jobs;
    this.size = jobs.size();
    this.lastSign = System.nanoTime();
  }

  int number() {
    return number;
  }

  Call call() {
    return call;
  }

  @SuppressWarnings("ReferenceEquality") // calls have no other equality
  boolean isOf(Call other) {
    return call == other;
  }

  /** All jobs that it began with. */
  List<Job> jobs() {
    return jobs;
  }

  /** The jobs without a result yet; the first of them is the one that is running. */
  List<Job> open() {
    return jobs.subList(done, size);
  }

  /** Notes results, and returns the jobs that they are for. */
  List<Job> take(int results) {
    int from = done;
    if (results > size - from) {
      throw new IllegalStateException("a worker gave more results than it was asked for");
    }
    done = from + results;
    lastSign = System.nanoTime();
    return jobs.subList(from, from + results);
  }

  /** Takes out the jobs that the worker has not begun. */
  List<Job> cut(int begun) {
    List<Job> rest = jobs.subList(begun, size);
    size = begun;
    return rest;
  }

  boolean isDone() {
    return done == size;
  }

  /** When the running job began, or a little later, by {@link System#nanoTime}. */
  long lastSign() {
    return lastSign;
  }

  /** Whether the worker can have begun it. */
  boolean isDelivered() {
    return isDelivered;
  }

  void delivered() {
    isDelivered = true;
  }

  /** Whether its caller reads the answer itself, and may soon ask again. */
  boolean isAttended() {
    return isAttended;
  }

  void attended() {
    isAttended = true;
  }

  /** Whether its worker was ended because the running job took too long. */
  boolean isLate() {
    return isLate;
  }

  void late() {
    isLate = true;
  }

  /**
   * Notes that the jobs not begun are wanted back; false if that was noted before, or the batch is
   * still being sent.
   */
  synchronized boolean wantBack() {
    boolean first = isDelivered && !isWantedBack;
    isWantedBack |= first;
    return first;
  }
}
