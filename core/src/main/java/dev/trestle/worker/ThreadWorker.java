package dev.trestle.worker;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A worker that is a thread of this JVM.
 *
 * <p>It runs its jobs and puts their results where they belong itself: nothing is copied, nobody
 * reads for it. To end it is to interrupt it. A job that does not react runs on to its end, but
 * nobody waits for it: the lane has another worker by then, and what the job gives is dropped.
 */
final class ThreadWorker implements PoolWorker {
  /** How long a job that was interrupted is waited for before its worker is replaced. */
  private static final long LAST_STEPS_MILLIS = 500;

  private static final ThreadLocal<@Nullable ThreadWorker> CURRENT = new ThreadLocal<>();

  private final Lane lane;
  private final Thread thread;
  private final Turn turn = new Turn();
  private final AtomicLong jobs = new AtomicLong();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private @Nullable Batch next; // under this object's monitor, as what follows
  private boolean hasEnded;
  private boolean isInTask;
  private @Nullable String reason;

  private ThreadWorker(Lane lane, ThreadFactory factory, @Nullable WorkerTask<?, ?> initialiser) {
    this.lane = lane;
    this.thread = factory.newThread(() -> live(initialiser));
  }

  /**
   * Starts a worker and waits until it is ready.
   *
   * @throws WorkerLostException if its initialiser threw, or this thread is interrupted
   */
  static ThreadWorker start(
      Lane lane, ThreadFactory factory, @Nullable WorkerTask<?, ?> initialiser) {
    var worker = new ThreadWorker(lane, factory, initialiser);
    worker.thread.setDaemon(true);
    worker.thread.setName("trestle-task-" + lane.number());
    worker.thread.start();
    try {
      worker.ready.get();
    } catch (InterruptedException e) {
      worker.kill();
      Thread.currentThread().interrupt();
      throw new WorkerLostException(
          "worker %d did not start: it was interrupted".formatted(lane.number()));
    } catch (ExecutionException e) {
      throw new WorkerLostException(
          "worker %d did not start: its initializer threw %s"
              .formatted(lane.number(), e.getCause()));
    }
    return worker;
  }

  /** Whether this thread runs a job of the pool. */
  @SuppressWarnings("ReferenceEquality") // pools have no other equality
  static boolean runsFor(WorkerPool pool) {
    ThreadWorker current = CURRENT.get();
    return current != null && current.lane.pool() == pool;
  }

  @Override
  public int number() {
    return lane.number();
  }

  @Override
  public long pid() {
    return ProcessHandle.current().pid();
  }

  @Override
  public synchronized boolean isAlive() {
    return !hasEnded;
  }

  @Override
  public long jobs() {
    return jobs.get();
  }

  @Override
  public void send(Batch batch) throws IOException {
    synchronized (this) {
      if (hasEnded) {
        throw new IOException("the worker has ended");
      }
      next = batch;
    }
    jobs.addAndGet(batch.jobs().size());
    LockSupport.unpark(thread);
  }

  @Override
  public void wantBack(Batch batch) {
    int begun = turn.close(batch.number());
    List<Job> rest = List.of();
    synchronized (this) {
      if (begun >= 0 && !hasEnded) {
        rest = batch.cut(begun);
      }
    }
    lane.again(batch.call(), rest);
  }

  @Override
  public void kill() {
    kill("it was interrupted");
  }

  @Override
  public void kill(String why) {
    synchronized (this) {
      if (hasEnded) {
        return;
      }
      hasEnded = true;
      reason = why;
    }
    over.countDown();
    thread.interrupt();
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // this very thread
  public void close() {
    kill();
    if (thread != Thread.currentThread()) {
      awaitEnd(LAST_STEPS_MILLIS);
    }
  }

  @Override
  public String describeEnd() {
    awaitEnd(LAST_STEPS_MILLIS);
    synchronized (this) {
      return "its thread has ended: " + reason;
    }
  }

  /** In the lane's own thread: outside of a task the worker may be about to use the lane. */
  private void awaitEnd(long millis) {
    try {
      do {
        thread.join(millis);
      } while (thread.isAlive() && !isInTask());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the pool is being closed, and waits no longer
    }
  }

  private synchronized boolean isInTask() {
    return isInTask;
  }

  /** Notes that a task begins; false if the worker was ended before. */
  private synchronized boolean begins() {
    isInTask = !hasEnded;
    return !hasEnded;
  }

  /** Waits until the worker is ended; the lane's thread has nothing else to do. */
  void await() throws IOException {
    try {
      over.await();
    } catch (InterruptedException e) {
      kill("its pool was closed");
    }
    throw new IOException("the worker has ended");
  }

  @SuppressWarnings("unchecked") // an initialiser takes nothing
  private void live(@Nullable WorkerTask<?, ?> initialiser) {
    CURRENT.set(this);
    try {
      if (initialiser != null) {
        ((WorkerTask<@Nullable Object, ?>) initialiser).run(null);
      }
      ready.complete(null);
    } catch (Throwable t) {
      ready.completeExceptionally(t);
      return;
    }
    try {
      for (Batch batch = take(); batch != null && run(batch); batch = take()) {
        lane.hasRun(this);
      }
    } catch (IOException e) {
      // it has served its time
    } catch (Throwable t) {
      kill(t.toString()); // whatever it is, jobs that were handed out must not be waited for
    }
  }

  /** Waits for the next batch; null at the end. */
  private @Nullable Batch take() {
    while (true) {
      synchronized (this) {
        if (hasEnded) {
          return null;
        }
        Batch batch = next;
        next = null;
        if (batch != null) {
          return batch;
        }
      }
      var _ = Thread.interrupted(); // set, it would let no thread park
      LockSupport.park(this);
    }
  }

  /** Returns false if the worker was ended meanwhile: the lane is another one's by now. */
  private boolean run(Batch batch) {
    Call call = batch.call();
    thread.setContextClassLoader(call.context());
    turn.open(batch.number(), batch.jobs().size());
    int done = 0;
    long start = System.nanoTime();
    boolean goesOn = true;
    while (goesOn && done < batch.jobs().size() && turn.take()) {
      goesOn = run(batch, batch.jobs().get(done));
      done++;
    }
    if (done > 0) {
      call.measured(done, Math.max(1, System.nanoTime() - start));
    }
    if (call.isOver()) {
      call.terms().lateEnd().run();
    }
    return goesOn;
  }

  /** Returns false if the worker was ended meanwhile: the job is another one's by now. */
  @SuppressWarnings("unchecked") // the caller has paired task and arguments
  private boolean run(Batch batch, Job job) {
    Call call = batch.call();
    Object value = null;
    Throwable thrown = null;
    if (!begins()) {
      return false;
    }
    try {
      value = ((WorkerTask<@Nullable Object, ?>) call.work()).run(job.argument());
    } catch (Throwable t) {
      thrown = t;
    }
    var _ = Thread.interrupted(); // a task may leave it set
    synchronized (this) {
      isInTask = false;
      if (hasEnded) {
        return false;
      }
      batch.take(1);
    }
    if (call.isOver()) {
      return true;
    }
    if (thrown == null) {
      call.complete(job, value);
    } else {
      lane.threw(call, job, this, thrown);
    }
    return true;
  }
}
