package dev.trestle;

import dev.trestle.worker.Progress;
import dev.trestle.worker.Terms;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How a view of workers runs its calls; see the methods of {@link Workers} with these names. */
record CallOptions(
    int chunk,
    @Nullable Duration timeout,
    @Nullable Integer retries,
    @Nullable Consumer<? super Progress> listener) {
  static final CallOptions DEFAULT = new CallOptions(0, null, null, null);

  CallOptions chunk(int tasks) {
    if (tasks < 1) {
      throw new IllegalArgumentException("a chunk has at least 1 task, not " + tasks);
    }
    return new CallOptions(tasks, timeout, retries, listener);
  }

  CallOptions timeout(Duration each) {
    if (!each.isPositive()) {
      throw new IllegalArgumentException("a task needs some time, not " + each);
    }
    return new CallOptions(chunk, each, retries, listener);
  }

  CallOptions retries(int times) {
    if (times < 0) {
      throw new IllegalArgumentException("a task cannot be run again " + times + " times");
    }
    return new CallOptions(chunk, timeout, times, listener);
  }

  CallOptions listener(Consumer<? super Progress> told) {
    return new CallOptions(chunk, timeout, retries, told);
  }

  /** For jobs that are as large as they should be. */
  CallOptions oneByOne() {
    return new CallOptions(1, timeout, retries, listener);
  }

  /** For a call that its caller waits for. */
  Terms terms(TableCourier carried, Terms.Labels labels) {
    ProgressDisplay display = listener == null ? Trestle.progressDisplay() : null;
    return terms(carried, labels, display == null ? listener : display.newCall());
  }

  /** For a call that nobody waits for: listeners are told by the threads that wait. */
  Terms termsUnwatched(TableCourier carried, Terms.Labels labels) {
    return terms(carried, labels, null);
  }

  private Terms terms(
      TableCourier carried, Terms.Labels labels, @Nullable Consumer<? super Progress> told) {
    return new Terms(
        carried::outgoing,
        labels,
        carried::discard,
        chunk,
        timeout,
        retries,
        told == null ? null : told::accept);
  }
}
