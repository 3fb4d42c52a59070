package dev.trestle.worker;

import dev.trestle.closure.ClosureEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A call with all arguments at hand, whose caller waits for all results. */
final class ListCall extends Call {
  private final List<?> arguments;
  private final @Nullable Object[] results;
  private final AtomicInteger open;
  private final CountDownLatch over = new CountDownLatch(1);
  private int next;

  ListCall(
      WorkerTask<?, ?> task, List<?> arguments, @Nullable ClosureEncoder encoder, Terms terms) {
    super(task, encoder, terms);
    this.arguments = arguments;
    this.results = new @Nullable Object[arguments.size()];
    this.open = new AtomicInteger(arguments.size());
  }

  @Override
  @Nullable Job next() {
    return next == arguments.size() ? null : new Job(next, arguments.get(next++));
  }

  @Override
  int remaining() {
    return arguments.size() - next;
  }

  @Override
  long total() {
    return arguments.size();
  }

  @Override
  void accept(Job job, @Nullable Object result) {
    results[(int) job.index()] = result;
    if (open.decrementAndGet() == 0) {
      over.countDown();
    }
  }

  @Override
  void wake() {
    over.countDown();
  }

  /** Waits for the end of the call for at most so long; returns whether it is there. */
  boolean await(long nanos) throws InterruptedException {
    return over.await(nanos, TimeUnit.NANOSECONDS);
  }

  /** The results, once all are there. */
  List<@Nullable Object> results() {
    return Arrays.asList(results);
  }
}
