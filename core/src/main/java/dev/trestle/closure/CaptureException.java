package dev.trestle.closure;

/**
 * Something that a task uses cannot be sent to a worker; the message names it and the way to it.
 */
public final class CaptureException extends RuntimeException {
  public CaptureException(String message) {
    super(message);
  }

  public CaptureException(String message, Throwable cause) {
    super(message, cause);
  }
}
