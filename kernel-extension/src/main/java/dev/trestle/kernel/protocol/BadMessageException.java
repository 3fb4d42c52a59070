package dev.trestle.kernel.protocol;

/** Something came through a socket that is no message for this kernel. */
final class BadMessageException extends Exception {
  BadMessageException(String message) {
    super(message);
  }
}
