package dev.trestle.bench;

import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * Ctrl-C during a command: says so, and keeps quiet what fails on the way out.
 *
 * <p>The store's own shutdown hook ends the workers and removes the shared tables; the command's
 * thread then sees its workers vanish, which is no news to anyone.
 */
final class Interruption implements IExecutionStrategy {
  private static final Thread NO_HOOK = new Thread();

  @Override
  public int execute(ParseResult arguments) {
    Thread farewell = new Thread(Interruption::sayGoodbye, "trestle-farewell");
    Runtime.getRuntime().addShutdownHook(farewell);
    try {
      return new RunLast().execute(arguments);
    } finally {
      if (isUnderWay()) {
        stayHere();
      }
      Runtime.getRuntime().removeShutdownHook(farewell);
    }
  }

  /** Whether the JVM is ending: what fails from then on is a consequence of that. */
  static boolean isUnderWay() {
    try {
      Runtime.getRuntime().removeShutdownHook(NO_HOOK);
      return false;
    } catch (IllegalStateException theJvmIsEnding) {
      return true;
    }
  }

  private static void sayGoodbye() {
    System.err.println(
        "\ninterrupted: the workers end, shared tables and unfinished files are removed");
  }

  /** Until the JVM has ended; never back to where the failure would be printed. */
  private static void stayHere() {
    while (true) {
      LockSupport.park();
    }
  }
}
