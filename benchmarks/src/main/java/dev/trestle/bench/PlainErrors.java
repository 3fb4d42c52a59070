package dev.trestle.bench;

import dev.trestle.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Failures that a user can do something about are told in one sentence; any other one is ours and
 * keeps its stack trace.
 */
final class PlainErrors implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult arguments)
      throws Exception {
    if (e instanceof StoreException
        || e instanceof IOException
        || e instanceof UncheckedIOException) {
      command.getErr().println(command.getCommandName() + ": " + e.getMessage());
      return command.getCommandSpec().exitCodeOnExecutionException();
    }
    throw e;
  }
}
