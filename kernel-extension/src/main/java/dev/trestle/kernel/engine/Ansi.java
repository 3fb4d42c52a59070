package dev.trestle.kernel.engine;

/** The two ways in which an error report stands out; every front end knows these codes. */
final class Ansi {
  private static final String RESET = "\u001b[0m";

  private Ansi() {}

  static String red(String text) {
    return "\u001b[1;31m" + text + RESET;
  }

  static String bold(String text) {
    return "\u001b[1m" + text + RESET;
  }
}
