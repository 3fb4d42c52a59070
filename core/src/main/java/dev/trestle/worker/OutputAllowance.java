package dev.trestle.worker;

/**
 * How much of a worker's output is passed on: a page at once, then some lines a second, so that a
 * task that prints for ever fills neither the notebook nor its disk.
 *
 * <p>A token bucket. For one thread.
 */
final class OutputAllowance {
  private static final long BURST = 1 << 18; // 256 KiB
  private static final long A_SECOND = 1 << 12; // 4 KiB

  private double left = BURST;
  private long last;
  private boolean isStarted;
  private long leftOut;

  /**
   * Asks for one line.
   *
   * @param size in characters
   * @param now a clock in nanoseconds
   * @return -1 if the line is to be left out; else how many lines were left out just before it
   */
  long take(int size, long now) {
    if (isStarted) {
      left = Math.min(BURST, left + (now - last) / 1e9 * A_SECOND);
    }
    isStarted = true;
    last = now;
    // After a gap, wait until there is room for more than a line or two.
    double needed = leftOut > 0 ? Math.max(size, A_SECOND) : size;
    if (left < needed) {
      leftOut++;
      return -1;
    }
    left -= size;
    long before = leftOut;
    leftOut = 0;
    return before;
  }
}
