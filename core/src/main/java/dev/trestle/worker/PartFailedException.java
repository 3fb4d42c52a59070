package dev.trestle.worker;

/** In a worker: a task that does several things for one argument says with which it failed. */
public final class PartFailedException extends Exception {
  private final int part;

  public PartFailedException(int part, Throwable cause) {
    super(cause);
    this.part = part;
  }

  /** What {@link Terms.Labels} is asked with. */
  int part() {
    return part;
  }
}
