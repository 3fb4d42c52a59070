package dev.trestle.worker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who works on what: the lanes of a pool, those that are idle, the calls with jobs to hand out.
 *
 * <p>Calls take turns. Safe for use by several threads.
 */
final class Schedule {
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Lane> lanes = new ArrayList<>();
  private final ArrayDeque<Call> waiting = new ArrayDeque<>();
  private final ArrayDeque<Lane> idle = new ArrayDeque<>();
  private int batches;
  private boolean closed;

  /** Adds lanes; their threads start while no other thread can close the schedule. */
  void add(List<Lane> added) {
    lock.lock();
    try {
      checkOpen();
      lanes.addAll(added);
      added.forEach(lane -> lane.thread().start());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Asks the newest lanes to leave until so many are left; they end when they have done what they
   * have, and can be ended until then.
   *
   * @return how many lanes are missing
   */
  int shrinkTo(int count) {
    lock.lock();
    try {
      checkOpen();
      List<Lane> staying = lanes.stream().filter(lane -> !lane.isLeaving()).toList();
      for (Lane lane : staying.stream().skip(count).toList()) {
        lane.leave();
        if (idle.remove(lane)) {
          lane.kill();
        }
        lane.wake();
      }
      return count - staying.size();
    } finally {
      lock.unlock();
    }
  }

  /** No call is taken from now on. */
  void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  List<Lane> lanes() {
    lock.lock();
    try {
      return List.copyOf(lanes);
    } finally {
      lock.unlock();
    }
  }

  /** The lane's next batch; without one it is idle from now on, unless it is to leave. */
  @Nullable Batch nextFor(Lane lane) {
    lock.lock();
    try {
      Batch next = lane.isLeaving() ? null : take(lane);
      lane.batch(next);
      if (next == null && !lane.isLeaving()) {
        idle.addLast(lane);
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** Takes a lane out of those that can be given work; returns what it had. */
  @Nullable Batch release(Lane lane) {
    lock.lock();
    try {
      idle.remove(lane);
      Batch had = lane.batch();
      lane.batch(null);
      return had != null && had.isDone() ? null : had;
    } finally {
      lock.unlock();
    }
  }

  /** Jobs that were given to a worker and are to be run by any. */
  void again(Call call, List<Job> jobs) {
    lock.lock();
    try {
      if (jobs.isEmpty() || call.isOver()) {
        return;
      }
      call.runAgain(jobs);
      enqueue(call, true);
    } finally {
      lock.unlock();
    }
    handOut(null);
  }

  /** Whether the lane is to wait without a worker: nobody has asked for one. */
  boolean mayRest(Lane lane) {
    lock.lock();
    try {
      return !lane.isLeaving() && waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  void left(Lane lane) {
    lock.lock();
    try {
      lanes.remove(lane);
      idle.remove(lane);
    } finally {
      lock.unlock();
    }
  }

  /** Lets a call's jobs be handed out. */
  void begin(Call call) {
    admit(call);
    handOut(null);
  }

  /** As {@link #begin}, for a call with one job whose caller can do nothing but wait for it. */
  void beginAndAttend(Call call) {
    admit(call);
    Lane attended = handOut(call);
    if (attended != null) {
      attended.attend();
    }
  }

  private void admit(Call call) {
    lock.lock();
    try {
      checkOpen();
      enqueue(call, false);
      if (idle.size() < lanes.size()) {
        wakeResting();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Adds arguments to a call, and lets them be handed out. */
  void add(StreamCall call, List<?> arguments) {
    lock.lock();
    try {
      checkOpen();
      arguments.forEach(call::add);
    } finally {
      lock.unlock();
    }
    begin(call);
  }

  /** Takes a call out of those with jobs to hand out. */
  void end(Call call) {
    lock.lock();
    try {
      if (call.isWaiting()) {
        waiting.remove(call);
        call.isWaiting(false);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether workers have nothing to do, and no call has anything for them. */
  boolean hasIdleHands() {
    lock.lock();
    try {
      return !idle.isEmpty() && waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Takes an idle lane's worker away. */
  void retire(Lane lane) {
    lock.lock();
    try {
      if (!idle.remove(lane)) {
        return;
      }
      lane.retire();
    } finally {
      lock.unlock();
    }
    lane.kill();
  }

  /** Fails the calls whose jobs nobody takes. */
  void failWaiting(RuntimeException reason) {
    List<Call> calls;
    lock.lock();
    try {
      calls = List.copyOf(waiting);
      waiting.clear();
      calls.forEach(call -> call.isWaiting(false));
    } finally {
      lock.unlock();
    }
    calls.forEach(call -> call.fail(reason));
  }

  private void wakeResting() {
    for (Lane lane : lanes) {
      if (lane.worker() == null) {
        lane.wake();
      }
    }
  }

  private void enqueue(Call call, boolean first) {
    if (!call.isWaiting() && call.hasJobs()) {
      call.isWaiting(true);
      if (first) {
        waiting.addFirst(call);
      } else {
        waiting.addLast(call);
      }
    }
  }

  /**
   * Gives idle workers what there is.
   *
   * @param own a call whose answer this thread would read itself
   * @return the lane where it is to do that; null if the lanes' own threads see to everything
   */
  private @Nullable Lane handOut(@Nullable Call own) {
    Lane attended = null;
    while (true) {
      Lane lane;
      Batch batch;
      PoolWorker worker;
      lock.lock();
      try {
        if (idle.isEmpty()) {
          return attended;
        }
        batch = take(idle.getLast());
        if (batch == null) {
          return attended;
        }
        lane = idle.removeLast();
        lane.batch(batch);
        worker = lane.worker();
        if (own != null && batch.isOf(own) && lane.isAttendedFrom(batch)) {
          attended = lane;
        }
      } finally {
        lock.unlock();
      }
      if (worker != null && !lane.deliver(worker, batch)) {
        giveUp(lane, worker, batch);
      }
      if (!batch.isAttended()) {
        lane.wakeReader();
      }
    }
  }

  /** A batch could not be delivered: the lane is idle again, unless its worker has ended. */
  @SuppressWarnings("ReferenceEquality") // this very batch and worker
  private void giveUp(Lane lane, PoolWorker worker, Batch batch) {
    lock.lock();
    try {
      if (lane.batch() == batch && lane.worker() == worker) {
        lane.batch(null);
        idle.addLast(lane);
      }
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Batch take(Lane lane) {
    for (int calls = waiting.size(); calls > 0; calls--) {
      Call call = waiting.removeFirst();
      List<Job> jobs = call.isOver() ? List.of() : call.take(lanes.size(), lane.quota());
      if (call.hasJobs()) {
        waiting.addLast(call);
      } else {
        call.isWaiting(false);
      }
      if (!jobs.isEmpty()) {
        return new Batch(++batches, call, jobs);
      }
    }
    return null;
  }

  private void checkOpen() {
    if (closed) {
      throw WorkerPool.gone();
    }
  }
}
