package dev.trestle.worker;

import dev.trestle.closure.ClosureEncoder;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call whose arguments are added and whose results are taken one by one, by one thread.
 *
 * <p>Results are given in the order of the arguments, or in that of their arrival.
 */
final class StreamCall extends Call {
  private final boolean isOrdered;
  private final Object monitor = new Object();
  private final ArrayDeque<Job> added = new ArrayDeque<>(); // under the pool's lock
  private final Map<Long, Arrived> early = new HashMap<>(); // under the monitor, as what follows
  private final ArrayDeque<Arrived> arrived = new ArrayDeque<>();
  private long nextInOrder;
  private long count;

  /** A result; the record lets null be one. */
  record Arrived(@Nullable Object result) {}

  StreamCall(
      WorkerTask<?, ?> task, boolean isOrdered, @Nullable ClosureEncoder encoder, Terms terms) {
    super(task, encoder, terms);
    this.isOrdered = isOrdered;
  }

  /** Adds an argument; under the pool's lock. */
  void add(@Nullable Object argument) {
    added.add(new Job(count++, argument));
  }

  @Override
  @Nullable Job next() {
    return added.poll();
  }

  @Override
  int remaining() {
    return added.size();
  }

  @Override
  long total() {
    return -1;
  }

  @Override
  void accept(Job job, @Nullable Object result) {
    synchronized (monitor) {
      var value = new Arrived(result);
      if (!isOrdered) {
        arrived.add(value);
      } else {
        early.put(job.index(), value);
        for (Arrived next = early.remove(nextInOrder);
            next != null;
            next = early.remove(nextInOrder)) {
          arrived.add(next);
          nextInOrder++;
        }
      }
      monitor.notifyAll();
    }
  }

  @Override
  void wake() {
    synchronized (monitor) {
      monitor.notifyAll();
    }
  }

  /** The next result; null if none comes within so long, or before the call has failed. */
  @SuppressWarnings("WaitNotInLoop") // too early is no harm: the caller asks again
  @Nullable Arrived poll(long millis) throws InterruptedException {
    synchronized (monitor) {
      if (arrived.isEmpty() && !isOver()) {
        monitor.wait(millis);
      }
      return arrived.poll();
    }
  }
}
