package dev.trestle.worker;

/** Which jobs of the batch in hand have begun. Safe for use by several threads. */
final class Turn {
  private int batch;
  private int begun;
  private int end;

  synchronized void open(int number, int jobs) {
    batch = number;
    begun = 0;
    end = jobs;
  }

  /** Begins the next job; false when there is none left. */
  synchronized boolean take() {
    if (begun == end) {
      return false;
    }
    begun++;
    return true;
  }

  /**
   * Closes a batch: no more of its jobs will begin.
   *
   * @return how many of them have begun; -1 if that is all of them, or another batch is in hand
   */
  synchronized int close(int number) {
    if (number != batch || begun == end) {
      return -1;
    }
    end = begun;
    return begun;
  }
}
