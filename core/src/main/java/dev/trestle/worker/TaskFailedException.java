package dev.trestle.worker;

import java.util.stream.Stream;

/**
 * A task threw in its worker.
 *
 * <p>The cause is the task's own exception where its class is known here. The frames are the
 * worker's and then those of the call that waited for it, as if the task had been called directly:
 * some notebooks show no causes.
 */
public final class TaskFailedException extends RuntimeException {
  private final Throwable thrown;

  public TaskFailedException(String message, Throwable thrown) {
    super(message, thrown);
    this.thrown = thrown;
  }

  /** This exception, as thrown by the current thread. */
  TaskFailedException atCaller() {
    setStackTrace(
        Stream.concat(
                Stream.of(thrown.getStackTrace()),
                Stream.of(Thread.currentThread().getStackTrace()).skip(2))
            .toArray(StackTraceElement[]::new));
    return this;
  }
}
