package dev.trestle.worker;

import dev.trestle.closure.StandIns;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * On what terms a call runs.
 *
 * @param outgoing what travels in place of an object that the task or an argument holds
 * @param labels names a job, for errors
 * @param lateEnd runs, in another thread, each time that a job which was still running when the
 *     call was over has ended: what it left behind can be removed then
 * @param chunk how many jobs a worker is given at once; 0 for as many as suit the time they take
 * @param timeout how long one job may take; null for no limit
 * @param retries how often a job is run again after it failed; null to run it again only after
 *     deaths of its worker, twice
 * @param listener is told how far the call is, from time to time and at its end
 */
public record Terms(
    StandIns outgoing,
    Labels labels,
    Runnable lateEnd,
    int chunk,
    @Nullable Duration timeout,
    @Nullable Integer retries,
    @Nullable Consumer<Progress> listener) {

  /** Names jobs. */
  @FunctionalInterface
  public interface Labels {
    /**
     * Names a job.
     *
     * @param index which argument of the call
     * @param part which part of the argument, where the task has said so; else 0
     */
    String of(long index, int part);
  }

  /** How often a job may die with its worker, or take too long. */
  int deathsAllowed() {
    return retries == null ? Job.MAX_DEATHS - 1 : retries;
  }

  /** How long one job may take, in words. */
  String limit() {
    long millis = Objects.requireNonNull(timeout).toMillis();
    return millis % 1000 == 0 ? "%,d s".formatted(millis / 1000) : "%,d ms".formatted(millis);
  }

  /** How often a job may throw, or take too long. */
  int throwsAllowed() {
    return retries == null ? 0 : retries;
  }
}
