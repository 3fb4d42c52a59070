package dev.trestle.store;

/** What users are told without asking. */
final class Warning {
  private Warning() {}

  /**
   * Logs a warning.
   *
   * @param format for {@link java.text.MessageFormat}
   */
  static void log(String format, Object... arguments) {
    // Looked up at the first warning: that opens all jars of the class path, to find who logs, and
    // takes 40 ms of a worker's start.
    System.getLogger("dev.trestle").log(System.Logger.Level.WARNING, format, arguments);
  }
}
