package dev.trestle.kernel.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a cell did not come to its end, ready to be shown. */
public final class CellFailure extends Exception {
  private final String name;
  private final List<String> traceback;

  CellFailure(String name, @Nullable String message, List<String> traceback) {
    super(message == null ? "" : message);
    this.name = name;
    this.traceback = List.copyOf(traceback);
  }

  /** The class of the exception, or the kind of failure. */
  public String name() {
    return name;
  }

  /** Whether the code does not compile, so that nothing of it ran. */
  public boolean isOfCompiler() {
    return name.equals(CompileErrors.NAME);
  }

  /** What there is to say about it; empty if the exception has no message. */
  public String message() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  /** The full report, line by line; some parts are bold by an ANSI code. */
  public List<String> traceback() {
    return traceback;
  }
}
