package dev.trestle.worker;

import java.io.IOException;

/**
 * Whether to look for an answer without sleeping, and for how long.
 *
 * <p>To wake a thread costs more than all the rest of a message: 30 us and more on a virtual
 * machine whose core has halted. So who expects a message at once looks for it for a moment. Where
 * that was in vain, the next ones are not looked for: one, then three, up to 63, until one comes in
 * time again. One thread at a time.
 */
final class Spin {
  /** An empty task is answered within this, also by a worker that has to be woken. */
  static final long NANOS = 100_000; // 0.1 ms

  private static final int MOST_MISSES = 6;

  private int misses;
  private int left;

  /** Whether the next message is worth it; to be asked once for each. */
  boolean pays() {
    if (left == 0) {
      return true;
    }
    left--;
    return false;
  }

  /** Looks for a message; false if none came in time. */
  boolean await(Channel channel) throws IOException {
    boolean hasCome = channel.arrives(NANOS);
    misses = hasCome ? 0 : Math.min(misses + 1, MOST_MISSES);
    left = (1 << misses) - 1;
    return hasCome;
  }
}
