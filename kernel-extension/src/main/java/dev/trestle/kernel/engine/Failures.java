package dev.trestle.kernel.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.spi.SPIResolutionException;
import org.jspecify.annotations.Nullable;

/** What a user reads of a cell that did not go well. */
final class Failures {
  private final JShell shell;
  private final Origins origins;

  Failures(JShell shell, Origins origins) {
    this.shell = shell;
    this.origins = origins;
  }

  /** For what code has thrown. */
  CellFailure of(Throwable thrown) {
    return switch (thrown) {
      case InterruptedCellException interruption -> interrupted(interruption);
      case CellFailure ofInnerCode -> ofInnerCode; // run by a magic, and reported already
      case SPIResolutionException unresolved -> unresolved(unresolved.id());
      default -> Traceback.failure(thrown, origins);
    };
  }

  /** By the body that JShell gives to a method which refers to what is not there. */
  private CellFailure unresolved(int snippet) {
    String id = Integer.toString(snippet);
    return shell
        .snippets()
        .filter(each -> each.id().equals(id) && shell.status(each).isActive())
        .map(each -> unresolved((DeclarationSnippet) each))
        .findFirst()
        .orElseThrow();
  }

  /** Code cannot run for want of what a declaration refers to. */
  CellFailure unresolved(DeclarationSnippet snippet) {
    String message = missing(snippet);
    return new CellFailure("UnresolvedReference", message, List.of(Ansi.bold(message)));
  }

  String missing(DeclarationSnippet snippet) {
    String names = shell.unresolvedDependencies(snippet).collect(Collectors.joining(", "));
    return "%s cannot be used until this is declared: %s"
        .formatted(snippet.name(), names.isEmpty() ? "what it refers to" : names);
  }

  /**
   * A part of a cell that does not compile.
   *
   * @param snippet what JShell made of it; null if it made nothing
   */
  CellFailure refused(Cell cell, String code, CellCode.Part part, @Nullable Snippet snippet) {
    return CompileErrors.failure(
        snippet == null ? List.of() : shell.diagnostics(snippet).toList(),
        snippet == null ? part.source() : snippet.source(),
        cell.number(),
        firstLine(code, part));
  }

  private static int firstLine(String code, CellCode.Part part) {
    return 1 + (int) code.substring(0, part.offset()).chars().filter(c -> c == '\n').count();
  }

  CellFailure interrupted(InterruptedException interruption) {
    List<String> lines = new ArrayList<>();
    lines.add(Ansi.bold("The cell was interrupted."));
    if (interruption.getCause() != null) {
      lines.addAll(Traceback.frames(interruption.getCause().getStackTrace(), origins));
    }
    if (interruption instanceof InterruptedCellException of && of.stillRunning() != null) {
      lines.add("It still runs: it is inside a library that does not mind an interrupt.");
      lines.addAll(Traceback.frames(of.stillRunning().getStackTrace(), origins));
    }
    return new CellFailure("Interrupted", "the cell was interrupted", lines);
  }
}
