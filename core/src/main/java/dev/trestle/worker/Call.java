package dev.trestle.worker;

import dev.trestle.closure.ClosureEncoder;
import dev.trestle.closure.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Jobs with one task: where they come from, where their results go, the first failure.
 *
 * <p>Jobs are taken under the pool's lock. Results come from the lanes' threads.
 */
abstract class Call {
  /** A batch that takes this long hides what sending it costs, and is soon over. */
  private static final double BATCH_NANOS = 2e6; // 2 ms

  private static final int LARGEST_BATCH = 1 << 13;

  /** Large arguments or results are not heaped up: each batch is in memory on both sides. */
  private static final long BATCH_BYTES = 4L << 20; // 4 MiB

  private final WorkerTask<?, ?> work;
  private final @Nullable Message task;
  private final @Nullable ClosureEncoder encoder;
  private final Terms terms;
  private final @Nullable ClassLoader context = Thread.currentThread().getContextClassLoader();
  private final ArrayDeque<Job> again = new ArrayDeque<>();
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final long start = System.nanoTime();
  private volatile boolean isDisturbed;
  private final AtomicBoolean isEnded = new AtomicBoolean();
  private volatile double nanosPerJob = Double.NaN;
  private volatile long bytesPerJob;
  private volatile long lastReport = start;
  private boolean isWaiting; // under the pool's lock

  /**
   * Encodes the task, in the caller's thread.
   *
   * @param encoder null if the task is to run as it is, in this JVM
   */
  Call(WorkerTask<?, ?> task, @Nullable ClosureEncoder encoder, Terms terms) {
    ClosureEncoder own = encoder == null ? null : encoder.with(terms.outgoing());
    this.encoder = own;
    this.terms = terms;
    this.work = task;
    this.task = own == null ? null : own.encodeTask(task);
  }

  /** The next job that was never handed out, or null. */
  abstract @Nullable Job next();

  /** How many jobs {@link #next} has at the moment. */
  abstract int remaining();

  /** How many jobs there are altogether; -1 if that is not known. */
  abstract long total();

  /** Takes a result. */
  abstract void accept(Job job, @Nullable Object result);

  /** Tells whoever waits that {@link #failure} is there. */
  abstract void wake();

  /** The task as it is here. */
  WorkerTask<?, ?> work() {
    return work;
  }

  /** The task as it is sent to another JVM. */
  Message task() {
    return Objects.requireNonNull(task, "the call runs in this JVM");
  }

  ClosureEncoder encoder() {
    return Objects.requireNonNull(encoder, "the call runs in this JVM");
  }

  Terms terms() {
    return terms;
  }

  /** The class loader of the thread that made the call. */
  @Nullable ClassLoader context() {
    return context;
  }

  long start() {
    return start;
  }

  /** Whether nobody waits for more results: a job failed, or the caller has gone away. */
  boolean isOver() {
    return failure.get() != null;
  }

  @Nullable RuntimeException failure() {
    return failure.get();
  }

  /** Ends the call; only the first failure counts. */
  boolean fail(RuntimeException reason) {
    boolean first = failure.compareAndSet(null, reason);
    if (first) {
      wake();
    }
    return first;
  }

  void complete(Job job, @Nullable Object result) {
    done.incrementAndGet();
    accept(job, result);
  }

  /** Counts an attempt of a job that failed. */
  void countFailure() {
    failed.incrementAndGet();
  }

  long done() {
    return done.get();
  }

  long failed() {
    return failed.get();
  }

  /** Whether a worker died or a job failed: files without an owner may be left. */
  boolean isDisturbed() {
    return isDisturbed || isOver();
  }

  void disturbed() {
    isDisturbed = true;
  }

  boolean isWaiting() {
    return isWaiting;
  }

  void isWaiting(boolean now) {
    isWaiting = now;
  }

  boolean hasJobs() {
    return !isOver() && (!again.isEmpty() || remaining() > 0);
  }

  /** Jobs that have to run again come before all others. */
  void runAgain(List<Job> jobs) {
    for (int i = jobs.size() - 1; i >= 0; i--) {
      again.addFirst(jobs.get(i));
    }
  }

  /** Notes how long jobs took. */
  void measured(int jobs, long nanos) {
    double each = (double) nanos / jobs;
    double known = nanosPerJob;
    // The first ones load classes: down at once, up by half.
    nanosPerJob = Double.isNaN(known) || each < known ? each : (each + known) / 2;
  }

  /** Notes how many bytes jobs took on the wire, as arguments or as results. */
  void sized(int jobs, int bytes) {
    bytesPerJob = Math.max(bytesPerJob, bytes / Math.max(1, jobs));
  }

  /** True once: for who tells the listener of the end. */
  boolean ends() {
    return isEnded.compareAndSet(false, true);
  }

  /** The next jobs for one of the workers, at most so many. */
  List<Job> take(int workers, long most) {
    Job first = again.peekFirst();
    if (first != null && first.isSuspect()) {
      again.removeFirst();
      return List.of(first);
    }
    int size = (int) Math.min(batchSize(workers), most);
    var jobs = new ArrayList<Job>(Math.min(size, remaining() + again.size()));
    while (jobs.size() < size) {
      first = again.peekFirst();
      if (first != null && first.isSuspect()) {
        break;
      }
      Job job = first != null ? again.removeFirst() : next();
      if (job == null) {
        break;
      }
      jobs.add(job);
    }
    return jobs;
  }

  /** How many jobs suit a batch, as far as is known. */
  int usualBatch() {
    if (terms.chunk() > 0) {
      return terms.chunk();
    }
    double each = nanosPerJob;
    if (Double.isNaN(each)) {
      return 1;
    }
    double bySize = (double) BATCH_BYTES / Math.max(bytesPerJob, 1);
    return (int) Math.clamp(Math.min(BATCH_NANOS / Math.max(each, 1), bySize), 1, LARGEST_BATCH);
  }

  /** Says once in each period that the listener is to be told. */
  boolean isReportDue(long period) {
    long now = System.nanoTime();
    boolean isDue = now - lastReport >= period;
    if (isDue) {
      lastReport = now;
    }
    return isDue;
  }

  /** Towards the end batches get smaller, so that all workers end together. */
  private int batchSize(int workers) {
    int share = (remaining() + again.size()) / (2 * workers);
    return terms.chunk() > 0 ? terms.chunk() : Math.clamp(usualBatch(), 1, Math.max(1, share));
  }
}
