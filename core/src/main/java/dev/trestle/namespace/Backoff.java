package dev.trestle.namespace;

import java.util.concurrent.locks.LockSupport;

/**
 * Pauses between looks at something that no call waits for.
 *
 * <p>The first ones are short, for what happens at once; the longest costs 0.2 % of a processor.
 */
final class Backoff {
  private static final long SHORTEST = 20_000; // 20 us
  private final long longest;
  private long next = SHORTEST;

  /**
   * Pauses that grow by an eighth each.
   *
   * @param longestNanos the longest
   */
  Backoff(long longestNanos) {
    this.longest = longestNanos;
  }

  /** Pauses, but not for longer than that many nanoseconds; returns early when interrupted. */
  void pause(long most) {
    LockSupport.parkNanos(Math.max(1, Math.min(next, most)));
    next = Math.min(longest, next + next / 8);
  }
}
