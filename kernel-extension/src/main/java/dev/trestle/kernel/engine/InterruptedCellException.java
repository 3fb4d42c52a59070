package dev.trestle.kernel.engine;

import org.jspecify.annotations.Nullable;

/** The user has interrupted a cell. */
final class InterruptedCellException extends InterruptedException {
  private final transient @Nullable Thread stillRunning;

  /**
   * @param cause what the code ended with, if it ended
   * @param stillRunning the thread, if it did not: it is in library code that minds no interrupt
   */
  InterruptedCellException(@Nullable Throwable cause, @Nullable Thread stillRunning) {
    super("the cell was interrupted");
    this.stillRunning = stillRunning;
    initCause(cause);
  }

  @Nullable Thread stillRunning() {
    return stillRunning;
  }
}
