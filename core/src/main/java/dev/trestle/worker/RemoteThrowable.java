package dev.trestle.worker;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Stands for an exception of a worker that cannot be sent as it is: some exceptions hold things
 * that are not serializable. Keeps its class name, message, frames, causes and what was suppressed.
 */
public final class RemoteThrowable extends Exception {
  private final String className;

  private RemoteThrowable(Throwable like) {
    super(like.getMessage());
    this.className = like.getClass().getName();
    setStackTrace(like.getStackTrace());
  }

  static RemoteThrowable like(Throwable thrown) {
    return copy(thrown, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  /**
   * @param copied exceptions may lead back to themselves
   */
  private static RemoteThrowable copy(Throwable thrown, Set<Throwable> copied) {
    copied.add(thrown);
    var copy = new RemoteThrowable(thrown);
    Throwable cause = thrown.getCause();
    if (cause != null && !copied.contains(cause)) {
      copy.initCause(copy(cause, copied));
    }
    for (Throwable suppressed : thrown.getSuppressed()) {
      if (!copied.contains(suppressed)) {
        copy.addSuppressed(copy(suppressed, copied));
      }
    }
    return copy;
  }

  /** The class of the exception that was thrown in the worker. */
  public String className() {
    return className;
  }

  @Override
  @SuppressWarnings("OverrideThrowableToString") // the class is not the message
  public String toString() {
    String message = getMessage();
    return message == null ? className : className + ": " + message;
  }
}
