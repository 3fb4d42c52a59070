package dev.trestle.kernel.engine;

import java.util.ArrayList;
import java.util.List;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/**
 * The text of a cell, taken apart into snippets.
 *
 * @param parts the snippets, in order
 * @param rest what follows them and is no complete snippet; blank if there is nothing
 */
public record CellCode(List<Part> parts, Part rest) {

  /**
   * A piece of a cell.
   *
   * @param source its text, with a semicolon added where JShell wants one
   * @param offset where it begins in the cell, in chars
   */
  public record Part(String source, int offset) {}

  /** Takes a cell apart; the analysis may be that of any JShell. */
  public static CellCode split(SourceCodeAnalysis analysis, String code) {
    List<Part> parts = new ArrayList<>();
    String remaining = code;
    while (!remaining.isBlank()) {
      CompletionInfo next = analysis.analyzeCompletion(remaining);
      if (!next.completeness().isComplete() || next.source().isBlank()) {
        break;
      }
      parts.add(new Part(next.source(), code.length() - remaining.length()));
      if (next.remaining().length() >= remaining.length()) {
        remaining = "";
      } else {
        remaining = next.remaining();
      }
    }
    // Nothing but comments is left: that is no incomplete snippet.
    boolean over =
        remaining.isBlank()
            || analysis.analyzeCompletion(remaining).completeness()
                == SourceCodeAnalysis.Completeness.EMPTY;
    return new CellCode(parts, new Part(over ? "" : remaining, code.length() - remaining.length()));
  }

  /** Whether all of it is snippets. */
  public boolean isWhole() {
    return rest.source().isEmpty();
  }
}
