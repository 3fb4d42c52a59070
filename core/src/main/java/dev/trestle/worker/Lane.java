package dev.trestle.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One place in a pool: keeps a worker there, reads what it answers, gives it its next batch.
 *
 * <p>A batch is delivered by whoever has it: the lane's thread when the worker has finished
 * another, a caller's own thread when the worker was idle. The lane's thread reads the answers; but
 * the one answer that a caller waits for the caller reads itself, as long as it comes at once: to
 * hand it on would cost more than the task. Who reads has the turn, and the lane's thread sleeps
 * while there is nothing to read.
 */
final class Lane implements Runnable {
  /** After a start that failed: the first pause; each further one is twice as long. */
  private static final long PAUSE_NANOS = 100_000_000; // 0.1 s

  private static final long LONGEST_PAUSE_NANOS = 5_000_000_000L; // 5 s

  /** A caller that attends keeps two cores busy, its own and the worker's. */
  private static final Semaphore ATTENDING =
      new Semaphore(Runtime.getRuntime().availableProcessors() / 2);

  private final int number;
  private final WorkerPool pool;
  private final Schedule schedule;
  private final FailedJobs failedJobs;
  private final Answers answers;
  private final Thread thread;
  private final Semaphore turn = new Semaphore(1);
  private volatile @Nullable PoolWorker worker;
  private volatile @Nullable Batch batch; // written under the pool's lock
  private volatile boolean isLeaving;
  private volatile boolean isRetired;
  private volatile long idleSince = System.nanoTime();

  Lane(int number, WorkerPool pool, Schedule schedule, FailedJobs failedJobs) {
    this.number = number;
    this.pool = pool;
    this.schedule = schedule;
    this.failedJobs = failedJobs;
    this.answers = new Answers(pool, failedJobs);
    this.thread = PoolThreads.daemon("trestle-worker-" + number, this);
  }

  int number() {
    return number;
  }

  WorkerPool pool() {
    return pool;
  }

  Thread thread() {
    return thread;
  }

  /** The worker there now; null while there is none. */
  @Nullable PoolWorker worker() {
    return worker;
  }

  /** How many jobs the worker there may still be given; at least one. */
  long quota() {
    PoolWorker present = worker;
    return present == null ? 1 : Math.max(1, pool.settings().recycleAfter() - present.jobs());
  }

  /** What it works on. */
  @Nullable Batch batch() {
    return batch;
  }

  void batch(@Nullable Batch assigned) {
    batch = assigned;
    idleSince = System.nanoTime();
  }

  long idleNanos() {
    return System.nanoTime() - idleSince;
  }

  /** Asks the lane to end when its worker has done what it has. */
  void leave() {
    isLeaving = true;
  }

  boolean isLeaving() {
    return isLeaving || pool.isClosed();
  }

  /** Ends the worker there now. */
  void kill() {
    PoolWorker present = worker;
    if (present != null) {
      present.kill();
    }
  }

  /** Notes that the worker is ended until there is work again. */
  void retire() {
    isRetired = true;
  }

  /** Ends a rest: there is work. */
  void wake() {
    isRetired = false;
    LockSupport.unpark(thread);
  }

  @Override
  public void run() {
    long pause = PAUSE_NANOS;
    try {
      while (!isLeaving()) {
        PoolWorker started = null;
        try {
          started = pool.startWorker(this);
          worker = started;
          if (!isLeaving() && started instanceof Worker process) {
            pool.initialise(process);
          }
        } catch (RuntimeException | IOException | Error e) {
          if (started != null) {
            started.close();
          }
          worker = null;
          pool.startFailed(this, e);
          LockSupport.parkNanos(this, pause);
          pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
          continue;
        }
        pause = PAUSE_NANOS;
        work(started);
      }
    } finally {
      schedule.left(this);
    }
  }

  /** The life of one worker. */
  private void work(PoolWorker running) {
    @Nullable Throwable trouble = null;
    try {
      pool.started();
      if (!next(running)) {
        end(running);
      }
      switch (running) {
        case Worker process -> receive(process);
        case ThreadWorker local -> local.await();
      }
    } catch (IOException e) {
      // it has ended, or is to end
    } catch (RuntimeException | Error e) {
      trouble = e; // whatever it is, jobs that were handed out must not be waited for in vain
      running.close();
    }
    worker = null;
    String end = running.describeEnd();
    pool.settings().ended().accept(running.pid());
    Batch lost = schedule.release(this);
    if (lost != null) {
      failedJobs.lost(lost, trouble == null ? end : trouble + "; " + end);
    }
    while (isRetired && schedule.mayRest(this)) {
      LockSupport.park(this);
    }
    isRetired = false;
  }

  /** Reads what a worker sends until it ends. */
  private void receive(Worker running) throws IOException {
    running.onExit(this::wakeReader);
    while (true) {
      while (isAsleep(running)) {
        LockSupport.park(this);
      }
      turn.acquireUninterruptibly();
      try {
        if (!isAsleep(running)) {
          read(running);
        }
      } finally {
        turn.release();
      }
    }
  }

  /** Whether nothing is to be read, not even the worker's end. */
  private boolean isAsleep(Worker running) {
    return batch == null && running.isAlive() && !isRetired && !isLeaving();
  }

  /** Reads a message; in the thread that has the turn. */
  private void read(Worker running) throws IOException {
    switch (running.receive()) {
      case RESULTS -> results(running, running.payload());
      case RETURNED -> returned(running, running.payload());
      case READY, CODE, TASK, RUN, SERVE, QUESTION, ASK, ANSWER ->
          throw new IOException("a worker sent what only others send");
    }
  }

  void wakeReader() {
    LockSupport.unpark(thread);
  }

  /** Takes the turn for this thread, which is about to deliver the batch, if that is worth it. */
  boolean isAttendedFrom(Batch next) {
    if (!(worker instanceof Worker running) || !turn.tryAcquire()) {
      return false;
    }
    if (running.spin().pays() && ATTENDING.tryAcquire()) {
      next.attended();
      return true;
    }
    turn.release();
    return false;
  }

  /** Reads the answer to a batch in the thread that has the turn, unless it takes its time. */
  void attend() {
    PoolWorker present = worker;
    try {
      if (batch != null && present instanceof Worker running && running.answersSoon()) {
        read(running);
      }
    } catch (IOException e) {
      // the lane's thread meets it too
    } catch (RuntimeException | Error e) {
      Objects.requireNonNull(present).kill(e.toString());
    } finally {
      ATTENDING.release();
      turn.release();
      if (batch != null || isLeaving()) {
        wakeReader();
      }
    }
  }

  private void results(Worker running, ByteBuffer payload) throws IOException {
    Batch current = current(payload.getInt());
    int count = payload.getInt();
    List<Job> jobs = current.take(count);
    current.call().measured(count, Math.max(1, payload.getLong()));
    long printed = payload.getLong();
    current.call().sized(count, running.payloadSize());
    boolean isDone = current.isDone();
    // The worker gets its next batch before this one is looked at.
    boolean isToEnd = isDone && !next(running);
    running.awaitOutput(printed);
    try {
      answers.bring(jobs, current.call(), running);
    } finally {
      if (isDone && current.call().isOver()) {
        current.call().terms().lateEnd().run();
      }
    }
    if (isToEnd) {
      end(running);
    }
  }

  private void returned(Worker running, ByteBuffer payload) throws IOException {
    Batch current = current(payload.getInt());
    List<Job> jobs = current.cut(payload.getInt());
    boolean isDone = current.isDone();
    schedule.again(current.call(), jobs);
    if (isDone && !next(running)) {
      end(running);
    }
  }

  /** What a worker that runs in this JVM says when it has done a batch. */
  void hasRun(ThreadWorker running) throws IOException {
    if (!next(running)) {
      end(running);
    }
  }

  void threw(Call call, Job job, ThreadWorker running, Throwable thrown) {
    failedJobs.threw(call, job, running, thrown);
  }

  /** Takes jobs back that a worker was given. */
  void again(Call call, List<Job> jobs) {
    schedule.again(call, jobs);
  }

  /** Ends a worker that has nothing in hand. */
  private void end(PoolWorker running) throws IOException {
    schedule.release(this);
    running.close();
    throw new IOException("the worker has done its time");
  }

  private Batch current(int batchNumber) {
    Batch current = batch;
    if (current == null || current.number() != batchNumber) {
      throw new IllegalStateException("a worker answered what it was not asked");
    }
    return current;
  }

  /** Gives the worker its next batch, if there is one; false if it is to end instead. */
  private boolean next(PoolWorker running) {
    if (isLeaving() || pool.hasServed(running)) {
      return false;
    }
    Batch next = schedule.nextFor(this);
    while (next != null && !deliver(running, next)) {
      next = schedule.nextFor(this);
    }
    return next != null || !isLeaving();
  }

  /**
   * Sends a batch that this lane was given, in the thread of whoever gave it.
   *
   * @return false if its arguments cannot be sent: the call has failed
   */
  boolean deliver(PoolWorker running, Batch next) {
    try {
      running.send(next);
      next.delivered();
    } catch (IOException e) {
      running.kill(); // the lane's thread sees it end
    } catch (RuntimeException | Error e) {
      pool.fail(
          next.call(),
          e instanceof RuntimeException known
              ? known
              : new IllegalStateException("an argument cannot be sent: " + e, e));
      return false;
    }
    return true;
  }

  /** What it does for a call, to be shown. */
  Progress.Activity activity(Call call) {
    PoolWorker present = worker;
    Batch current = batch;
    long pid = present == null ? 0 : present.pid();
    if (current != null && current.isOf(call)) {
      List<Job> open = current.open();
      if (!open.isEmpty()) {
        return new Progress.Activity(
            number,
            pid,
            call.terms().labels().of(open.getFirst().index(), 0),
            Duration.ofNanos(System.nanoTime() - current.lastSign()));
      }
    }
    return new Progress.Activity(number, pid, null, Duration.ofNanos(idleNanos()));
  }
}
