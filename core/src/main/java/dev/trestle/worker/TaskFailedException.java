package dev.trestle.worker;

/**
 * A task threw in its worker.
 *
 * <p>The cause is the task's own exception where its class is known here. The frames are the task's
 * and then those of the call that it belongs to, as if it had been called directly: some notebooks
 * show no causes.
 */
public final class TaskFailedException extends RuntimeException {
  private final Throwable thrown;

  public TaskFailedException(String message, Throwable thrown) {
    super(message, thrown);
    this.thrown = thrown;
  }

  /** This exception, as thrown by a call with these frames. */
  TaskFailedException at(StackTraceElement[] callers) {
    setStackTrace(OwnFrames.both(OwnFrames.tasks(thrown.getStackTrace()), callers));
    return this;
  }
}
