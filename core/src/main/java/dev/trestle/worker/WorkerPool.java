package dev.trestle.worker;

import dev.trestle.closure.ClosureEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Worker JVMs that take jobs from one queue.
 *
 * <p>One thread for each worker sends it a job, waits for the reply, takes the next: there is never
 * more than one job in a worker. Safe for use by several threads.
 */
public final class WorkerPool implements AutoCloseable {
  private final WorkerCommand command;
  private final Path folder;
  private final ClosureEncoder encoder;
  private final LinkedBlockingDeque<Job> queue = new LinkedBlockingDeque<>();
  private final ConcurrentHashMap<Integer, Worker> workers = new ConcurrentHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch started;
  private final AtomicInteger serving;
  private volatile @Nullable WorkerLostException startFailure;
  private volatile boolean closed;

  /**
   * A pool of n workers; {@link #start} starts them.
   *
   * @param properties system properties of the workers
   * @param folder a private folder for sockets, made by the caller
   */
  public WorkerPool(int n, Map<String, String> properties, Path folder, ClosureEncoder encoder) {
    if (n < 1) {
      throw new IllegalArgumentException(
          "a pool needs at least 1 worker, " + n + " were asked for");
    }
    this.command = WorkerCommand.forOneOf(n, properties);
    this.folder = folder;
    this.encoder = encoder;
    this.started = new CountDownLatch(n);
    this.serving = new AtomicInteger(n);
    for (int number = 1; number <= n; number++) {
      int own = number;
      threads.add(
          Thread.ofPlatform().daemon().name("trestle-worker-" + own).unstarted(() -> serve(own)));
    }
  }

  /**
   * Starts the workers and returns when all are ready. Whoever is to close the pool must know it
   * before: the JVM may be told to end meanwhile.
   *
   * @throws WorkerLostException if a worker does not start; the others are ended
   * @throws CancellationException if this thread is interrupted; the workers are ended
   * @throws IllegalStateException if the pool was closed already
   */
  public void start() {
    synchronized (threads) {
      checkOpen();
      threads.forEach(Thread::start);
    }
    awaitStart();
  }

  /** How many workers there are. */
  public int size() {
    return threads.size();
  }

  /** The process ids of the workers alive now. */
  public List<Long> pids() {
    return workers.values().stream().filter(Worker::isAlive).map(Worker::pid).toList();
  }

  /**
   * Runs the task on every argument and returns the results in the same order.
   *
   * @param labels names an argument by its index, for errors
   * @param lateEnd runs, in another thread, each time that a task which was still running when the
   *     call failed has ended: what it left behind can be removed then
   * @throws TaskFailedException if a task threw; jobs not yet started are dropped
   * @throws WorkerLostException if the workers died three times under the same job
   * @throws CancellationException if the calling thread is interrupted; its interrupt status is
   *     set, and workers busy with this call are replaced
   */
  public <T extends @Nullable Object, R extends @Nullable Object> List<R> run(
      WorkerTask<T, R> task,
      List<? extends T> arguments,
      IntFunction<String> labels,
      Runnable lateEnd) {
    checkOpen();
    var call = new Call(encoder.encodeTask(task), arguments.size(), lateEnd);
    List<Job> jobs = new ArrayList<>(arguments.size());
    for (int i = 0; i < arguments.size(); i++) {
      jobs.add(new Job(call, i, labels.apply(i), encoder.encodeArgument(arguments.get(i))));
    }
    try {
      queue.addAll(jobs);
      checkOpen(); // closed, or the last worker lost, since: nobody would take the jobs
      RuntimeException failure = call.await();
      if (failure != null) {
        throw failure instanceof TaskFailedException failed ? failed.atCaller() : failure;
      }
    } catch (InterruptedException e) {
      var cancelled = new CancellationException("interrupted while waiting for workers");
      call.abandon(cancelled);
      Thread.currentThread().interrupt();
      throw cancelled;
    } finally {
      queue.removeIf(job -> job.call() == call);
    }
    List<R> results = new ArrayList<>(arguments.size());
    for (int i = 0; i < arguments.size(); i++) {
      @SuppressWarnings("unchecked") // what the task gave
      R result = (R) encoder.decodeResult(call.result(i));
      results.add(result);
    }
    return results;
  }

  /** Ends all workers and waits until they are gone. Calls in flight fail. */
  @Override
  public void close() {
    synchronized (threads) {
      closed = true;
    }
    threads.forEach(Thread::interrupt);
    workers.values().forEach(Worker::kill);
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitStart() {
    try {
      started.await();
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while workers were starting");
    }
    WorkerLostException failure = startFailure;
    if (failure != null) {
      close();
      throw failure;
    }
    checkOpen(); // closed by another thread meanwhile
  }

  /** The life of one of the threads: keeps one worker alive and busy. */
  private void serve(int number) {
    @Nullable Worker worker = null;
    try {
      worker = startWorker(number);
      started.countDown();
      while (!closed) {
        if (!worker.isAlive()) {
          worker = startWorker(number);
        }
        Job job = queue.take();
        if (worker.isAlive()) {
          run(worker, job);
        } else {
          queue.addFirst(job); // killed while it was idle, and no fault of this job
        }
      }
    } catch (InterruptedException e) {
      // closed
    } catch (RuntimeException | Error e) {
      if (!closed) {
        startFailure =
            e instanceof WorkerLostException lost
                ? lost
                : new WorkerLostException("worker %d is lost: %s".formatted(number, e));
      }
    } finally {
      started.countDown();
      if (worker != null) {
        worker.close();
      }
      workers.remove(number);
      if (serving.decrementAndGet() == 0) {
        abandonQueue();
      }
    }
  }

  private Worker startWorker(int number) {
    Worker worker = Worker.start(number, command, folder);
    workers.put(number, worker);
    return worker;
  }

  /** Runs one job; a worker that dies under it is not alive afterwards. */
  private void run(Worker worker, Job job) {
    Call call = job.call();
    try {
      if (call.begin(worker)) {
        job.attempts().incrementAndGet();
        switch (worker.run(job)) {
          case Message.Done(byte[] result) -> call.complete(job.index(), result);
          case Message.Failed(byte[] thrown) -> call.fail(failure(worker, job, thrown));
          default -> throw new IOException("a worker answered with something else than a result");
        }
      }
    } catch (IOException e) {
      String end = worker.describeEnd();
      if (closed) {
        call.fail(gone());
      } else if (!call.isOver()) {
        retry(job, worker, end);
      }
    } catch (RuntimeException | Error e) {
      // Whatever it is, a job that was taken from the queue must not be waited for in vain.
      worker.close();
      call.fail(new IllegalStateException(job.label() + ": cannot read the reply: " + e, e));
    } finally {
      call.end(worker);
    }
  }

  private void retry(Job job, Worker worker, String end) {
    if (job.attempts().get() < Job.MAX_ATTEMPTS) {
      queue.addFirst(job);
    } else {
      job.call()
          .fail(
              new WorkerLostException(
                  "%s failed: worker %d died under it, as others did before (%d times): %s"
                      .formatted(job.label(), worker.number(), Job.MAX_ATTEMPTS, end)));
    }
  }

  private TaskFailedException failure(Worker worker, Job job, byte[] thrown) {
    Throwable cause;
    try {
      cause = (Throwable) Objects.requireNonNull(encoder.decodeResult(thrown));
    } catch (RuntimeException e) {
      cause = e; // says what about the exception cannot be read here
    }
    return new TaskFailedException(
        "%s failed on worker %d (process %d): %s"
            .formatted(job.label(), worker.number(), worker.pid(), cause),
        cause);
  }

  /** With the last worker gone, nobody may wait for ever. */
  private void abandonQueue() {
    for (Job job = queue.poll(); job != null; job = queue.poll()) {
      job.call().fail(gone());
    }
  }

  private void checkOpen() {
    if (closed || serving.get() == 0) {
      throw gone();
    }
  }

  private RuntimeException gone() {
    WorkerLostException failure = startFailure;
    return closed || failure == null
        ? new IllegalStateException("these workers are closed; start new ones")
        : new WorkerLostException("no worker could be started any more: " + failure.getMessage());
  }
}
