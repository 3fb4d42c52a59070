package dev.trestle.kernel.engine;

import java.util.HashMap;
import java.util.Map;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.SnippetWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Finds the line of a cell that a stack frame came from.
 *
 * <p>JShell translates frames as well, but counts lines from the innermost piece of a snippet that
 * it moved (the body of a method, an expression), so it says line 1 for most of them.
 */
final class Origins {
  /** A line of a cell; the first is 1. */
  record Place(int cell, int line, String text) {}

  /**
   * @param written the cell as it was written
   * @param offset of the snippet's text in the code
   * @param start where its first character that is not blank stands in the cell
   */
  private record Origin(int cell, String code, String written, int offset, int start) {
    static Origin of(Cell cell, String code, CellCode.Part part) {
      int start = part.offset();
      while (start < code.length() && Character.isWhitespace(code.charAt(start))) {
        start++;
      }
      return new Origin(cell.number(), code, cell.written(), part.offset(), start);
    }
  }

  /** A class that was made of a snippet. */
  private sealed interface Made {
    Origin origin();

    /** By JShell, in its own way. */
    record Wrapped(Origin origin, SnippetWrapper wrapper) implements Made {}

    /** With the snippet's lines as they are, so many lines further down or up. */
    record Shifted(Origin origin, int shift) implements Made {}
  }

  private final SourceCodeAnalysis analysis;
  private final Map<String, Origin> origins = new HashMap<>(); // by snippet id
  private final Map<String, Made> classes = new HashMap<>(); // by class name

  Origins(SourceCodeAnalysis analysis) {
    this.analysis = analysis;
  }

  /** Notes that a snippet was just declared by a part of a cell. */
  void declared(Snippet snippet, Cell cell, String code, CellCode.Part part) {
    origins.put(snippet.id(), Origin.of(cell, code, part));
    moved(snippet);
  }

  /** Notes that JShell may have put a snippet, or a new form of it, into another class. */
  void moved(Snippet snippet) {
    Origin origin = origins.get(snippet.id());
    if (origin != null) {
      SnippetWrapper wrapper = analysis.wrapper(snippet);
      classes.put(wrapper.fullClassName(), new Made.Wrapped(origin, wrapper));
    }
  }

  /** Notes that a class of our own was made of a part of a cell. */
  void compiled(PlainCode.Compiled plain, Cell cell, String code, CellCode.Part part) {
    classes.put(plain.name(), new Made.Shifted(Origin.of(cell, code, part), plain.shift()));
  }

  /** The place behind a frame; null if it is not of notebook code, or of none that is known. */
  @Nullable Place of(StackTraceElement frame) {
    String name = frame.getClassName();
    int nested = name.indexOf('$', name.indexOf("$JShell$") + "$JShell$".length());
    Made made = classes.get(nested < 0 ? name : name.substring(0, nested));
    int line = frame.getLineNumber();
    if (made == null || line < 1) {
      return null;
    }
    Origin origin = made.origin();
    return switch (made) {
      case Made.Wrapped(_, var wrapper) -> {
        int position = sourcePosition(wrapper, line);
        int likely = position < 0 ? likelyPosition(wrapper, line) : position;
        int at = Math.clamp(origin.offset() + likely, origin.start(), origin.code().length());
        yield place(origin, lineOf(origin, at));
      }
      case Made.Shifted(_, int shift) ->
          place(origin, lineOf(origin, origin.offset()) + line + shift - 1);
    };
  }

  /**
   * Where a wrapper's line may come from when JShell does not tell, or not right: of a variable's
   * initializer whose type it has inferred (JDK 25), and of the "int n =" that it writes itself.
   */
  private static int likelyPosition(SnippetWrapper wrapper, int line) {
    String source = wrapper.source();
    String text = wrapper.wrapped().lines().skip(line - 1L).findFirst().orElse("").strip();
    int found = text.isEmpty() ? -1 : source.indexOf(text);
    return found >= 0 ? found : source.length() - source.stripLeading().length();
  }

  /** The first character of a wrapper's line that is the user's; -1 if none is. */
  private static int sourcePosition(SnippetWrapper wrapper, int line) {
    String text = wrapper.wrapped();
    int start = 0;
    for (int i = 1; i < line; i++) {
      start = text.indexOf('\n', start) + 1;
      if (start == 0) {
        return -1;
      }
    }
    int end = text.indexOf('\n', start);
    for (int i = start; i < (end < 0 ? text.length() : end); i++) {
      if (!Character.isWhitespace(text.charAt(i))) {
        int source = wrapper.wrappedToSourcePosition(i);
        if (source >= 0
            && source < wrapper.source().length()
            && wrapper.source().charAt(source) == text.charAt(i)
            && wrapper.sourceToWrappedPosition(source) == i) {
          return source;
        }
      }
    }
    return -1;
  }

  private static int lineOf(Origin origin, int at) {
    return 1 + (int) origin.code().substring(0, at).chars().filter(c -> c == '\n').count();
  }

  private static Place place(Origin origin, int line) {
    String code = line(origin.code(), line);
    String written = line(origin.written(), line);
    // Code that a cell has evaluated, or loaded from a file, has lines of its own.
    boolean isOfCell = !written.isEmpty() && (written.startsWith("%") || code.contains(written));
    return new Place(origin.cell(), line, isOfCell ? written : code);
  }

  private static String line(String text, int number) {
    return text.lines().skip(number - 1L).findFirst().orElse("").strip();
  }
}
