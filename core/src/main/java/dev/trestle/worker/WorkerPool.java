package dev.trestle.worker;

import dev.trestle.closure.ClosureEncoder;
import dev.trestle.closure.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Workers that take jobs from the calls that are open.
 *
 * <p>A caller whose call finds an idle worker writes to its socket itself; else the jobs wait until
 * a worker answers. Safe for use by several threads.
 */
public final class WorkerPool implements AutoCloseable {
  private final PoolSettings settings;
  private final Workplace workplace;
  private final Watch watch = new Watch(this);
  private final Schedule schedule = new Schedule();
  private final FailedJobs failedJobs = new FailedJobs(this, schedule);
  private final StartGate gate = new StartGate();
  private final AtomicInteger numbers = new AtomicInteger();
  private @Nullable WorkerTask<?, ?> initialiser;
  private @Nullable Message encodedInitialiser;
  private volatile int size;
  private volatile boolean closed;

  /** A pool; {@link #start} starts its workers. */
  public WorkerPool(PoolSettings settings, Workplace workplace) {
    this.settings = settings;
    this.workplace = workplace;
    this.size = settings.workers();
  }

  /**
   * Starts the workers and returns when all are ready. Whoever is to close the pool must know it
   * before: the JVM may be told to end meanwhile.
   *
   * @param initialise runs in each worker before its first job, also in those that replace others
   * @throws WorkerLostException if a worker does not start; the others are ended
   * @throws CancellationException if this thread is interrupted; the workers are ended
   * @throws IllegalStateException if the pool was closed already
   */
  public void start(@Nullable WorkerTask<?, ?> initialise) {
    initialiser = initialise;
    if (initialise != null && workplace instanceof Workplace.Processes processes) {
      encodedInitialiser = processes.encoder().encodeTask(initialise);
    }
    addLanes(size);
    try {
      awaitStart();
      watch.retireIdle();
      StartCaches caches = settings.caches();
      if (caches != null) {
        caches.makeLater();
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Whether the workers are threads of this JVM. */
  public boolean isInProcess() {
    return workplace instanceof Workplace.Threads;
  }

  /** How many workers there are to be. */
  public int size() {
    return size;
  }

  /**
   * Changes how many workers there are; returns when new ones are ready. Those too many end when
   * they have done what they have.
   *
   * @throws WorkerLostException if a worker does not start; the pool goes on trying
   */
  public synchronized void resize(int workers) {
    PoolSettings.checkSize(workers);
    int missing = schedule.shrinkTo(workers);
    size = workers;
    if (missing > 0) {
      addLanes(missing);
      awaitStart();
    }
  }

  /** The process ids of the workers alive now. */
  public List<Long> pids() {
    return lanes().stream()
        .map(Lane::worker)
        .filter(worker -> worker != null && worker.isAlive())
        .map(PoolWorker::pid)
        .distinct()
        .toList();
  }

  /**
   * Runs the task on every argument and returns the results in the same order.
   *
   * @return and whether files without an owner may be left
   * @throws TaskFailedException if a task threw; jobs not yet started are dropped
   * @throws WorkerLostException if workers died under the same job more often than it may fail
   * @throws TaskTimeoutException if a job took too long
   * @throws CancellationException if the calling thread is interrupted; its interrupt status is
   *     set, and workers busy with this call are replaced
   */
  public <T extends @Nullable Object, R extends @Nullable Object> Outcome<R> run(
      WorkerTask<T, R> task, List<? extends T> arguments, Terms terms) {
    checkOpen();
    var call = new ListCall(task, arguments, encoder(), terms);
    if (!arguments.isEmpty()) {
      try {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (arguments.size() == 1) {
          schedule.beginAndAttend(call);
        } else {
          schedule.begin(call);
        }
        while (!call.await(Watch.PERIOD_NANOS)) {
          watch.look(call);
        }
      } catch (InterruptedException e) {
        throw cancel(call);
      } finally {
        end(call);
      }
      throwFailure(call);
    }
    @SuppressWarnings("unchecked") // what the task gave
    List<R> results = (List<R>) call.results();
    return new Outcome<>(results, call.isDisturbed());
  }

  /**
   * What a call gave.
   *
   * @param isDisturbed whether a worker died meanwhile, and may have left files
   */
  public record Outcome<R extends @Nullable Object>(List<R> results, boolean isDisturbed) {}

  /**
   * Runs the task on one argument.
   *
   * @return fails as {@link #run} does; cancelling it ends the worker that is busy with it
   */
  public <T extends @Nullable Object, R extends @Nullable Object> CompletableFuture<R> submit(
      WorkerTask<T, R> task, T argument, Terms terms) {
    checkOpen();
    var call = new FutureCall<R>(this, task, argument, encoder(), terms);
    watch.unattended(call);
    boolean interrupted = Thread.interrupted(); // set, it would close the worker's socket
    schedule.begin(call);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return call.future();
  }

  /**
   * Runs the task on arguments as they are asked for, and gives results one by one.
   *
   * @param isOrdered whether results come in the order of the arguments, or as they arrive
   */
  public <T extends @Nullable Object, R extends @Nullable Object> ResultIterator<T, R> stream(
      WorkerTask<T, R> task, Iterator<? extends T> arguments, boolean isOrdered, Terms terms) {
    checkOpen();
    return new ResultIterator<>(
        this, watch, arguments, new StreamCall(task, isOrdered, encoder(), terms));
  }

  /** Ends all workers and waits until they are gone. Calls in flight fail. */
  @Override
  public void close() {
    closed = true;
    schedule.close();
    gate.close();
    watch.close();
    List<Lane> all = lanes();
    for (Lane lane : all) {
      lane.kill();
      lane.thread().interrupt(); // perhaps it waits for its worker to start
    }
    boolean interrupted = false;
    for (Lane lane : all) {
      while (lane.thread().isAlive()) {
        try {
          lane.thread().join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    schedule.failWaiting(gone());
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends a call and the workers busy with it. */
  void abandon(Call call, RuntimeException reason) {
    call.fail(reason);
    for (Lane lane : lanes()) {
      Batch batch = lane.batch();
      if (batch != null && batch.isOf(call)) {
        lane.kill();
      }
    }
    end(call);
  }

  /** Ends a call; what its workers have begun comes to its end. */
  void fail(Call call, RuntimeException reason) {
    if (call.fail(reason)) {
      for (Lane lane : lanes()) {
        Batch batch = lane.batch();
        PoolWorker worker = lane.worker();
        if (batch != null && batch.isOf(call) && worker != null) {
          worker.wantBack(batch);
        }
      }
    }
  }

  private void addLanes(int count) {
    gate.expect(count);
    List<Lane> added = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      added.add(new Lane(numbers.incrementAndGet(), this, schedule, failedJobs));
    }
    schedule.add(added);
  }

  private void awaitStart() {
    try {
      gate.await();
      checkOpen();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while workers were starting");
    }
  }

  /** Whether no more calls are taken. */
  public boolean isClosed() {
    return closed;
  }

  /** Starts a worker for a lane; one that is a process is still to be initialised. */
  PoolWorker startWorker(Lane lane) {
    return switch (workplace) {
      case Workplace.Processes(var folder, var _) ->
          Worker.start(lane.number(), "worker " + lane.number(), command(), folder);
      case Workplace.Threads(var factory) -> ThreadWorker.start(lane, factory, initialiser);
    };
  }

  private WorkerCommand command() {
    WorkerCommand command =
        WorkerCommand.forOneOf(size, settings.properties(), StartCaches.flagsOf(settings.caches()));
    return settings.heapBytes() == 0 ? command : command.withHeap(settings.heapBytes());
  }

  /** What makes bytes of tasks; null where they are handed over as they are. */
  private @Nullable ClosureEncoder encoder() {
    return workplace instanceof Workplace.Processes processes ? processes.encoder() : null;
  }

  boolean hasServed(PoolWorker worker) {
    return worker.jobs() >= settings.recycleAfter();
  }

  PoolSettings settings() {
    return settings;
  }

  Schedule schedule() {
    return schedule;
  }

  List<Lane> lanes() {
    return schedule.lanes();
  }

  /** Runs the initialiser in a new worker. */
  void initialise(Worker worker) throws IOException {
    Message task = encodedInitialiser;
    if (task == null || !(workplace instanceof Workplace.Processes processes)) {
      return;
    }
    worker.sendInitialiser(task);
    if (worker.receive() != Packet.Kind.RESULTS) {
      throw new IOException("it answered the initialiser with something else than a result");
    }
    ByteBuffer reply = worker.payload();
    reply.position(reply.position() + 2 * Integer.BYTES + 2 * Long.BYTES);
    if (!Reply.isResult(reply)) {
      reply.get();
      throw new WorkerLostException(
          "worker %d did not start: its initializer threw %s"
              .formatted(worker.number(), processes.encoder().decodeResult(Scalar.bytes(reply))));
    }
  }

  void started() {
    gate.started();
  }

  /** Calls are not left waiting for workers that cannot be had; later ones are a new try. */
  void startFailed(Lane lane, Throwable reason) {
    if (closed) {
      return;
    }
    WorkerLostException lost =
        reason instanceof WorkerLostException known
            ? known
            : new WorkerLostException("worker %d is lost: %s".formatted(lane.number(), reason));
    boolean isLater = gate.failed(lost);
    if (isLater && lanes().stream().allMatch(each -> each.worker() == null)) {
      schedule.failWaiting(
          new WorkerLostException("no worker could be started: " + lost.getMessage()));
    }
  }

  /** Tells the listener of a call that it is over. */
  void end(Call call) {
    schedule.end(call);
    watch.end(call);
  }

  CancellationException cancel(Call call) {
    var cancelled = new CancellationException("interrupted while waiting for workers");
    cancelled.setStackTrace(OwnFrames.callers(cancelled.getStackTrace()));
    abandon(call, cancelled);
    Thread.currentThread().interrupt();
    return cancelled;
  }

  static void throwFailure(Call call) {
    RuntimeException failure = call.failure();
    if (failure != null) {
      throw at(OwnFrames.callers(new Throwable().getStackTrace()), failure);
    }
  }

  /** A failure as thrown by the call: a lane's thread has made it, whose frames tell nothing. */
  static RuntimeException at(StackTraceElement[] callers, RuntimeException failure) {
    switch (failure) {
      case TaskFailedException failed -> failed.at(callers);
      case WorkerLostException _, TaskTimeoutException _ -> failure.setStackTrace(callers);
      default -> {} // an argument that cannot be sent: where it was met tells why
    }
    return failure;
  }

  /**
   * Checks that calls are taken, in this thread.
   *
   * @throws IllegalStateException if the pool is closed, or this is a task on it
   */
  public void checkOpen() {
    if (closed) {
      throw gone();
    }
    if (ThreadWorker.runsFor(this)) {
      throw new IllegalStateException(
          "a task that runs in one of these workers cannot use them itself: it would wait for the"
              + " worker that it holds. Let it return what is to be done next, and start that from"
              + " where the workers are");
    }
  }

  static IllegalStateException gone() {
    return new IllegalStateException("these workers are closed; start new ones");
  }
}
