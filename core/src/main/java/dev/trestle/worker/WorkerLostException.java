package dev.trestle.worker;

/**
 * Workers died while they ran a task, again and again; the message has the exit code and last
 * output.
 */
public final class WorkerLostException extends RuntimeException {
  public WorkerLostException(String message) {
    super(message);
  }
}
