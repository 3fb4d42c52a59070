package dev.trestle.kernel;

/** A magic was written in a way that it does not take; the message says what was found. */
final class MagicMistake extends RuntimeException {
  MagicMistake(String message) {
    super(message);
  }
}
