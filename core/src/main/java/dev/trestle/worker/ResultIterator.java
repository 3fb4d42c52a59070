package dev.trestle.worker;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Results as they are asked for. For one thread.
 *
 * <p>That thread also asks for the arguments, in {@link #hasNext}: some more than the workers have
 * in hand, and no more as long as their results are not taken. So the input may be endless.
 *
 * @param <T> the arguments
 * @param <R> the results
 */
public final class ResultIterator<T extends @Nullable Object, R extends @Nullable Object>
    implements Iterator<R>, AutoCloseable {
  private static final int LARGEST_WINDOW = 1 << 14;

  private final WorkerPool pool;
  private final Watch watch;
  private final Iterator<? extends T> arguments;
  private final StreamCall call;
  private long open;
  private boolean isClosed;
  private StreamCall.@Nullable Arrived next;

  ResultIterator(WorkerPool pool, Watch watch, Iterator<? extends T> arguments, StreamCall call) {
    this.pool = pool;
    this.watch = watch;
    this.arguments = arguments;
    this.call = call;
  }

  /**
   * Waits for the next result.
   *
   * @throws RuntimeException as {@link WorkerPool#run} does
   */
  @Override
  public boolean hasNext() {
    if (next != null) {
      return true;
    }
    if (isClosed) {
      return false;
    }
    try {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      ask();
      while (open > 0 && next == null) {
        boolean isOver = call.isOver();
        next = call.poll(TimeUnit.NANOSECONDS.toMillis(Watch.PERIOD_NANOS));
        if (next == null && isOver) {
          break;
        }
        if (next == null) {
          watch.look(call);
        }
      }
    } catch (InterruptedException e) {
      isClosed = true;
      throw pool.cancel(call);
    }
    if (next == null) {
      close();
      WorkerPool.throwFailure(call);
      return false;
    }
    open--;
    return true;
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // what the task gave; R may be nullable
  public R next() {
    if (!hasNext()) {
      throw new NoSuchElementException("there are no more results");
    }
    StreamCall.Arrived present = next;
    next = null;
    return (R) Objects.requireNonNull(present).result();
  }

  /** Whether a worker died meanwhile, and may have left files. */
  public boolean isDisturbed() {
    return call.isDisturbed();
  }

  /** Drops what has not been taken; tasks that run come to their end. */
  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      if (open > 0) {
        pool.fail(call, new CancellationException("the results were closed"));
      }
      pool.end(call);
    }
  }

  /** Keeps the workers in work: asks for arguments when a quarter of the window is free. */
  private void ask() {
    long window = Math.min(LARGEST_WINDOW, 4L * pool.size() * call.usualBatch());
    if (open > window - Math.max(1, window / 4)) {
      return;
    }
    List<@Nullable Object> more = new ArrayList<>();
    while (open + more.size() < window && arguments.hasNext()) {
      more.add(arguments.next());
    }
    if (!more.isEmpty()) {
      open += more.size();
      pool.schedule().add(call, more);
    }
  }
}
