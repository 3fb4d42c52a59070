package dev.trestle.kernel.engine;

import java.util.ArrayList;
import java.util.List;
import jdk.jshell.Diag;

/** Writes what the compiler has to say, each message with the line and the place it is about. */
final class CompileErrors {
  static final String NAME = "CompilationError";

  private CompileErrors() {}

  /**
   * @param source the snippet's text, which the positions are relative to
   * @param firstLine the line of the cell that the text begins in
   */
  static CellFailure failure(List<Diag> found, String source, int cell, int firstLine) {
    List<String> lines = new ArrayList<>();
    String first = "the compiler refuses this code";
    // A warning beside an error is not why the cell failed.
    List<Diag> errors = found.stream().filter(Diag::isError).toList();
    for (int i = 0; i < errors.size(); i++) {
      Diag error = errors.get(i);
      List<String> message =
          error.getMessage(null).lines().filter(line -> !isLocation(line)).toList();
      if (i == 0 && !message.isEmpty()) {
        first = message.getFirst();
      }
      write(lines, error, message, source, cell, firstLine);
    }
    if (lines.isEmpty()) {
      lines.add("cell [%d], line %d: %s".formatted(cell, firstLine, Ansi.bold(first)));
      lines.add("    " + source.strip());
    }
    return new CellFailure(NAME, first, lines);
  }

  /** Names the class that JShell puts around a snippet: nothing of the user's. */
  private static boolean isLocation(String line) {
    return line.strip().startsWith("location:");
  }

  private static void write(
      List<String> lines,
      Diag error,
      List<String> message,
      String source,
      int cell,
      int firstLine) {
    int at = Math.clamp(error.getPosition(), 0, source.length());
    int start = source.lastIndexOf('\n', at - 1) + 1;
    int end = source.indexOf('\n', at) < 0 ? source.length() : source.indexOf('\n', at);
    int line = firstLine + (int) source.substring(0, start).chars().filter(c -> c == '\n').count();
    String head = message.isEmpty() ? "error" : message.getFirst();
    lines.add("cell [%d], line %d: %s".formatted(cell, line, Ansi.bold(head)));
    lines.add("    " + source.substring(start, end));
    int from = Math.clamp(error.getStartPosition(), start, end);
    int to = Math.clamp(error.getEndPosition(), at + 1, Math.max(end, at + 1));
    String under =
        blanks(source, start, from) + "~".repeat(at - from) + "^" + "~".repeat(to - at - 1);
    lines.add("    " + Ansi.bold(under));
    message.stream().skip(1).forEach(lines::add);
  }

  /** Keeps tabs, so that the mark stands below its place however wide they are shown. */
  private static String blanks(String source, int start, int end) {
    StringBuilder blanks = new StringBuilder();
    for (int i = start; i < end; i++) {
      blanks.append(source.charAt(i) == '\t' ? '\t' : ' ');
    }
    return blanks.toString();
  }
}
