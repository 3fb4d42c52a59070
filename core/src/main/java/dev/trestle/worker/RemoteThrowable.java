package dev.trestle.worker;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Stands for an exception of a worker that cannot be sent as it is: some exceptions hold things
 * that are not serializable. Keeps its class name, message, frames and causes.
 */
public final class RemoteThrowable extends Exception {
  private final String className;

  private RemoteThrowable(String className, @Nullable String message, @Nullable Throwable cause) {
    super(message, cause, false, true);
    this.className = className;
  }

  static RemoteThrowable like(Throwable thrown) {
    Throwable cause = thrown.getCause();
    var copy =
        new RemoteThrowable(
            thrown.getClass().getName(), thrown.getMessage(), cause == null ? null : like(cause));
    copy.setStackTrace(thrown.getStackTrace());
    return copy;
  }

  /** The class of the exception that was thrown in the worker. */
  public String className() {
    return className;
  }

  @Override
  @SuppressWarnings("OverrideThrowableToString") // the class is not the message
  public String toString() {
    return getMessage() == null
        ? className
        : className + ": " + Objects.requireNonNull(getMessage());
  }
}
