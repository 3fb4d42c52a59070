package dev.trestle.worker;

/** Which jobs of the batch in hand have begun. Safe for use by several threads. */
final class Turn {
  private int batch;
  private int begun;
  private int end;

  /** A batch that was closed before it was opened: the order has overtaken it. */
  private int closed = -1;

  /** Opens a batch; its number is larger than that of the one before. */
  synchronized void open(int number, int jobs) {
    batch = number;
    begun = 0;
    end = number == closed ? 0 : jobs;
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
   * @return how many of them have begun; -1 if that is all of them, or the batch is over
   */
  synchronized int close(int number) {
    if (number > batch && number != closed) {
      closed = number;
      return 0;
    }
    if (number != batch || begun == end) {
      return -1;
    }
    end = begun;
    return begun;
  }
}
