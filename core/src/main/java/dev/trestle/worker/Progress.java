package dev.trestle.worker;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How far a call is.
 *
 * @param done tasks whose results are there
 * @param total all tasks; -1 where the input has no known end
 * @param failed attempts that failed: thrown, timed out, or lost with a worker
 * @param elapsed since the call began
 * @param workers what each worker does at the moment
 * @param isOver whether this is the last report on the call
 */
public record Progress(
    long done, long total, long failed, Duration elapsed, List<Activity> workers, boolean isOver) {

  /**
   * What one worker does.
   *
   * @param worker its number in the pool
   * @param pid its process; 0 while it is being started
   * @param task what it works on, null while it does nothing for this call
   * @param since for how long it has been at this task
   */
  public record Activity(int worker, long pid, @Nullable String task, Duration since) {}

  public Progress {
    workers = List.copyOf(workers);
  }

  /** Tasks a second, on average since the call began. */
  public double rate() {
    return elapsed.isZero() ? 0 : done * 1e9 / elapsed.toNanos();
  }

  /** How many seconds are left at this rate; empty while that cannot be told. */
  public OptionalLong secondsLeft() {
    return total < 0 || done == 0
        ? OptionalLong.empty()
        : OptionalLong.of(Math.round((total - done) / rate()));
  }
}
