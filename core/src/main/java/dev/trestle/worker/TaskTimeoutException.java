package dev.trestle.worker;

/** A task took longer than it may; its worker was ended and replaced. */
public final class TaskTimeoutException extends RuntimeException {
  TaskTimeoutException(String message) {
    super(message);
  }
}
