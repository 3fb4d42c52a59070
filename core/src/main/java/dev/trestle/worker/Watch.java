package dev.trestle.worker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks after a pool while calls are open: jobs that take too long, workers that take too much
 * memory, batches stuck behind a slow job, idle workers, progress reports.
 *
 * <p>The threads that wait for results look, each time that they have waited for a while: a pool
 * without work needs no thread, and a short call pays nothing.
 */
final class Watch {
  static final long PERIOD_NANOS = 20_000_000; // 20 ms

  /** A job that has run this long is slow for a batch. */
  private static final long SLOW_NANOS = 5_000_000; // 5 ms

  private static final long REPORT_NANOS = 100_000_000; // 0.1 s
  private static final long MEMORY_NANOS = 100_000_000; // 0.1 s
  private static final ScheduledExecutorService CLOCK = clock();

  private final WorkerPool pool;
  private volatile long lastMemory = System.nanoTime();
  private @Nullable ScheduledFuture<?> retirement;

  Watch(WorkerPool pool) {
    this.pool = pool;
  }

  /** Called by a thread that waits for a call. */
  void look(Call call) {
    List<Lane> lanes = pool.lanes();
    Duration timeout = call.terms().timeout();
    if (timeout != null) {
      endLate(call, timeout, lanes);
    }
    if (pool.schedule().hasIdleHands()) {
      freeStuck(lanes);
    }
    checkMemory(lanes);
    report(call, lanes);
  }

  /** Called when a call is over. */
  void end(Call call) {
    if (call.terms().listener() != null && call.ends()) {
      tell(call, pool.lanes(), true);
    }
  }

  /** Watches a call that nobody waits for, if there is something to watch for. */
  void unattended(FutureCall<?> call) {
    Duration timeout = call.terms().timeout();
    boolean isLimited = pool.settings().memoryLimit() < Long.MAX_VALUE;
    if (timeout == null && !isLimited) {
      return;
    }
    long often = TimeUnit.NANOSECONDS.toMillis(MEMORY_NANOS);
    long period =
        timeout == null ? often : Math.clamp(timeout.toMillis() / 4, 10, isLimited ? often : 1000);
    ScheduledFuture<?> looks =
        CLOCK.scheduleAtFixedRate(
            () -> {
              List<Lane> lanes = pool.lanes();
              if (timeout != null) {
                endLate(call, timeout, lanes);
              }
              checkMemory(lanes);
            },
            period,
            period,
            TimeUnit.MILLISECONDS);
    var _ = call.future().whenComplete((_, _) -> looks.cancel(false));
  }

  /** Begins to end workers that are idle for long. */
  void retireIdle() {
    Duration idleAfter = pool.settings().idleAfter();
    if (idleAfter != null) {
      long period = Math.max(10, idleAfter.toMillis() / 4);
      retirement =
          CLOCK.scheduleAtFixedRate(
              () -> retire(idleAfter.toNanos()), period, period, TimeUnit.MILLISECONDS);
    }
  }

  void close() {
    ScheduledFuture<?> running = retirement;
    if (running != null) {
      running.cancel(false);
    }
  }

  private void retire(long idleNanos) {
    for (Lane lane : pool.lanes()) {
      if (lane.batch() == null && lane.idleNanos() > idleNanos) {
        pool.schedule().retire(lane);
      }
    }
  }

  private static void endLate(Call call, Duration timeout, List<Lane> lanes) {
    for (Lane lane : lanes) {
      Batch batch = lane.batch();
      PoolWorker worker = lane.worker();
      if (worker != null
          && batch != null
          && batch.isOf(call)
          && !batch.isDone()
          && System.nanoTime() - batch.lastSign() > timeout.toNanos()) {
        batch.late();
        worker.kill("a task that took longer than " + call.terms().limit());
      }
    }
  }

  /** Others have nothing to do: what waits behind a slow job is theirs. */
  private static void freeStuck(List<Lane> lanes) {
    for (Lane lane : lanes) {
      Batch batch = lane.batch();
      PoolWorker worker = lane.worker();
      if (worker != null
          && batch != null
          && batch.open().size() > 1
          && System.nanoTime() - batch.lastSign() > SLOW_NANOS) {
        worker.wantBack(batch);
      }
    }
  }

  private void checkMemory(List<Lane> lanes) {
    long limit = pool.settings().memoryLimit();
    if (limit == Long.MAX_VALUE || System.nanoTime() - lastMemory < MEMORY_NANOS) {
      return;
    }
    lastMemory = System.nanoTime();
    for (Lane lane : lanes) {
      Batch batch = lane.batch();
      PoolWorker worker = lane.worker();
      if (worker != null && batch != null && !batch.isDone()) {
        long bytes = pool.settings().memory().applyAsLong(worker.pid());
        if (bytes > limit) {
          worker.kill(
              "%,d bytes of memory of its own, above its limit of %,d".formatted(bytes, limit));
        }
      }
    }
  }

  private void report(Call call, List<Lane> lanes) {
    if (call.terms().listener() != null && call.isReportDue(REPORT_NANOS)) {
      tell(call, lanes, false);
    }
  }

  private static void tell(Call call, List<Lane> lanes, boolean isOver) {
    var listener = call.terms().listener();
    if (listener != null) {
      listener.accept(
          new Progress(
              call.done(),
              call.total(),
              call.failed(),
              Duration.ofNanos(System.nanoTime() - call.start()),
              lanes.stream().map(lane -> lane.activity(call)).toList(),
              isOver));
    }
  }

  private static ScheduledExecutorService clock() {
    var clock =
        new ScheduledThreadPoolExecutor(1, work -> PoolThreads.daemon("trestle-clock", work));
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }
}
