package dev.trestle.worker;

/** The owner of a served object has ended, and the object with it. */
public final class OwnerLostException extends RuntimeException {
  public OwnerLostException(String message) {
    super(message);
  }
}
