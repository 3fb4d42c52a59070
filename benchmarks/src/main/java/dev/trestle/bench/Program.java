package dev.trestle.bench;

import picocli.CommandLine;

/** How each command line program of this module runs and ends. */
public final class Program {
  private Program() {}

  /** Runs the picocli command and ends the JVM with its exit code. */
  public static void run(Object command, String... arguments) {
    System.exit(
        new CommandLine(command)
            .setExecutionStrategy(new Interruption())
            .setExecutionExceptionHandler(new PlainErrors())
            .execute(arguments));
  }
}
