package dev.trestle.kernel;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/**
 * Keeps the kernel's start-up chatter ("Loop starting...", twelve lines) off the terminal.
 *
 * <p>Named by the system property {@code java.util.logging.config.class}, since IJava logs before
 * any code of ours runs; its loggers have no common name, so the level is set for all. What is left
 * to say takes one line under its cell, without a date and a class.
 */
public final class QuietLogging {
  private static final String CONFIGURATION =
      """
      handlers = java.util.logging.ConsoleHandler
      .level = WARNING
      java.util.logging.SimpleFormatter.format = %4$s: %5$s%6$s%n
      """;

  /** Called by the log manager, once. */
  public QuietLogging() throws IOException {
    byte[] configuration = CONFIGURATION.getBytes(StandardCharsets.UTF_8);
    LogManager.getLogManager().readConfiguration(new ByteArrayInputStream(configuration));
  }
}
