package dev.trestle.kernel.engine;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/** Answers questions about the code of a cell that has not run yet; safe for use by any thread. */
public final class CodeHelp {
  /** What could stand in the place of some characters of the code; positions in chars. */
  public record Completions(List<String> matches, int start, int end) {}

  private static final String INDENT = "  ";

  private final SourceCodeAnalysis analysis;
  private final ReentrantLock compiling;

  CodeHelp(SourceCodeAnalysis analysis, ReentrantLock compiling) {
    this.analysis = analysis;
    this.compiling = compiling;
  }

  /** What could stand at the cursor; best first. */
  public Completions complete(String code, int cursor) {
    compiling.lock();
    try {
      Context context = context(code, cursor);
      Completions found = complete(context, context.before(), cursor);
      return found.matches().isEmpty() && !context.before().isEmpty()
          ? complete(context, "", cursor)
          : found;
    } finally {
      compiling.unlock();
    }
  }

  private Completions complete(Context context, String before, int cursor) {
    int[] anchor = new int[1];
    String text = before + context.snippet();
    List<Suggestion> suggestions = analysis.completionSuggestions(text, text.length(), anchor);
    List<String> matches =
        suggestions.stream()
            .sorted((a, b) -> Boolean.compare(b.matchesType(), a.matchesType()))
            .map(Suggestion::continuation)
            .distinct()
            .toList();
    int start = cursor - (text.length() - anchor[0]);
    return new Completions(matches, Math.clamp(start, 0, cursor), cursor);
  }

  /** Signatures and Javadoc of what the cursor is on or just behind; empty if that is nothing. */
  public List<Documentation> inspect(String code, int cursor) {
    int end = endOfName(code, cursor);
    compiling.lock();
    try {
      Context context = context(code, end);
      List<Documentation> found = documentation(context.before() + context.snippet());
      return found.isEmpty() ? documentation(context.snippet()) : found;
    } finally {
      compiling.unlock();
    }
  }

  /** JShell knows a method by its parenthesis, which may not have been written yet. */
  private List<Documentation> documentation(String text) {
    List<Documentation> found = analysis.documentation(text, text.length(), true);
    return found.isEmpty() ? analysis.documentation(text + "(", text.length() + 1, true) : found;
  }

  /** The end of the name under the cursor, with the parenthesis that makes it a call. */
  private static int endOfName(String code, int cursor) {
    int end = cursor;
    while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
      end++;
    }
    int next = end;
    while (next < code.length() && Character.isWhitespace(code.charAt(next))) {
      next++;
    }
    return next < code.length() && code.charAt(next) == '(' ? next + 1 : end;
  }

  public Completeness completeness(String code) {
    compiling.lock();
    try {
      CellCode cell = CellCode.split(analysis, code);
      if (!cell.parts().stream().allMatch(part -> Syntax.isSnippet(part.source()))) {
        return new Completeness.Invalid();
      }
      if (cell.isWhole()) {
        return new Completeness.Complete();
      }
      return switch (analysis.analyzeCompletion(cell.rest().source()).completeness()) {
        case DEFINITELY_INCOMPLETE, CONSIDERED_INCOMPLETE ->
            new Completeness.Incomplete(indent(code));
        default -> new Completeness.Invalid();
      };
    } finally {
      compiling.unlock();
    }
  }

  /** As deep as the last line, and deeper by one step if that opens more than it closes. */
  private static String indent(String code) {
    String last = code.lines().reduce("", (earlier, later) -> later);
    int open = 0;
    for (int i = 0; i < last.length(); i++) {
      char c = last.charAt(i);
      open += c == '{' || c == '(' ? 1 : c == '}' || c == ')' ? -1 : 0;
    }
    String indent = last.substring(0, last.length() - last.stripLeading().length());
    return open > 0 ? indent + INDENT : indent;
  }

  /**
   * The snippet that the cursor is in, up to the cursor, and what the cell says before it.
   *
   * @param before opens a block with the cell's earlier statements, since JShell knows nothing of
   *     variables of a cell that has not run; empty if there are none
   */
  private record Context(String before, String snippet) {}

  private Context context(String code, int cursor) {
    String until = code.substring(0, Math.clamp(cursor, 0, code.length()));
    CellCode cell = CellCode.split(analysis, until);
    List<CellCode.Part> earlier = cell.parts();
    String current = cell.rest().source();
    if (current.isEmpty() && !earlier.isEmpty()) {
      // What lies before the cursor may be complete by itself, such as a name.
      current = until.substring(earlier.getLast().offset());
      earlier = earlier.subList(0, earlier.size() - 1);
    }
    StringBuilder before = new StringBuilder();
    for (CellCode.Part part : earlier) {
      if (Syntax.isStatement(part.source())) {
        before.append(part.source()).append('\n');
      }
    }
    return new Context(before.isEmpty() ? "" : "{" + before, current);
  }
}
