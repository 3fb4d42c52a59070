package dev.trestle.kernel.engine;

import dev.trestle.Trestle;
import dev.trestle.kernel.engine.Origins.Place;
import dev.trestle.worker.RemoteThrowable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes exceptions with the user's own lines: frames as cell and line, the kernel's left out. */
final class Traceback {
  private static final Pattern HIDDEN =
      Pattern.compile(
          "REPL\\.\\$Stop\\$"
              + "|dev\\.trestle\\.kernel\\..*"
              + "|io\\.github\\.spencerpark\\..*"
              + "|jdk\\.internal\\.reflect\\..*"
              + "|java\\.lang\\.reflect\\.Method");

  /** {@code REPL.$JShell$7$Point} or {@code REPL.$JShell$7B$Point}, up to the user's own name. */
  private static final Pattern WRAPPER = Pattern.compile("(?:REPL\\.)?\\$JShell\\$\\d+[A-Z]*\\$?");

  /** A class of the notebook that a message names. */
  private static final Pattern WRAPPED_NAME = Pattern.compile("REPL\\.\\$JShell\\$\\d+[A-Z]*\\$");

  /** What JShell makes of the initializer of some variables. */
  private static final String INITIALIZER = PlainCode.METHOD + "Aux";

  /** What JShell makes of an anonymous class in the initializer of a {@code var}. */
  private static final Pattern ANONYMOUS = Pattern.compile("\\$JShell\\$anonymous\\$\\$\\d+");

  private static final int MOST_FRAMES = 60;

  private final Origins origins;
  private final List<String> lines = new ArrayList<>();
  private final Set<Throwable> written = Collections.newSetFromMap(new IdentityHashMap<>());

  private Traceback(Origins origins) {
    this.origins = origins;
  }

  static CellFailure failure(Throwable failure, Origins origins) {
    Throwable thrown = Trestle.explain(failure);
    Traceback traceback = new Traceback(origins);
    traceback.write("", "", thrown, true);
    String message = thrown.getMessage();
    return new CellFailure(name(thrown), message == null ? null : own(message), traceback.lines);
  }

  /** The frames of a thread, as lines; where it waited inside Trestle tells nobody anything. */
  static List<String> frames(StackTraceElement[] frames, Origins origins) {
    Traceback traceback = new Traceback(origins);
    StackTraceElement[] others =
        Arrays.stream(frames)
            .filter(frame -> !frame.getClassName().startsWith("dev.trestle."))
            .toArray(StackTraceElement[]::new);
    traceback.writeFrames("", others, true);
    return traceback.lines;
  }

  private void write(String indent, String label, Throwable thrown, boolean quote) {
    if (!written.add(thrown)) {
      lines.add(indent + label + "(again) " + name(thrown));
      return;
    }
    String message = thrown.getMessage();
    String text = message == null || message.isEmpty() ? "" : ": " + own(message);
    List<String> head = (Ansi.bold(name(thrown)) + text).lines().toList();
    lines.add(indent + label + head.getFirst());
    head.stream().skip(1).forEach(line -> lines.add(indent + line));
    StackTraceElement[] frames = thrown.getStackTrace();
    writeFrames(indent, isOfTrestle(thrown, frames) ? callers(frames) : frames, quote);
    for (Throwable suppressed : thrown.getSuppressed()) {
      write(indent + "  ", "Suppressed: ", suppressed, false);
    }
    if (thrown.getCause() != null) {
      write(indent, "Caused by: ", thrown.getCause(), true);
    }
  }

  /** Whether Trestle has refused something: its message tells all, and its own lines nothing. */
  private static boolean isOfTrestle(Throwable thrown, StackTraceElement[] frames) {
    return isOfTrestle(thrown.getClass().getName())
        || (frames.length > 0
            && isOfTrestle(frames[0].getClassName())
            && (thrown instanceof IllegalStateException
                || thrown instanceof IllegalArgumentException
                || thrown instanceof UnsupportedOperationException));
  }

  private static boolean isOfTrestle(String className) {
    return className.startsWith("dev.trestle.");
  }

  /** The frames of the notebook's code that called Trestle, and of what lies below it. */
  private static StackTraceElement[] callers(StackTraceElement[] frames) {
    int from = 0;
    for (int i = 0; i < frames.length && !isOfNotebook(frames[i]); i++) {
      if (isOfTrestle(frames[i].getClassName())) {
        from = i + 1;
      }
    }
    return Arrays.copyOfRange(frames, from, frames.length);
  }

  private static boolean isOfNotebook(StackTraceElement frame) {
    return WRAPPER.matcher(frame.getClassName()).lookingAt();
  }

  private void writeFrames(String indent, StackTraceElement[] frames, boolean quote) {
    int shown = 0;
    boolean quoted = !quote;
    String before = "";
    for (StackTraceElement frame : untilTheCell(frames)) {
      boolean isOuter =
          before.equals(INITIALIZER) && frame.getMethodName().equals(PlainCode.METHOD);
      before = frame.getMethodName();
      if (isOuter || HIDDEN.matcher(frame.getClassName()).matches()) {
        continue;
      }
      if (++shown > MOST_FRAMES) {
        lines.add(indent + "    ...");
        return;
      }
      Place place = origins.of(frame);
      lines.add(indent + "    at " + text(frame, place));
      if (place != null && !quoted) {
        quoted = true;
        lines.add(indent + "       " + Ansi.bold("> " + place.text()));
      }
    }
  }

  /** Without what lies below the cell: how the kernel called it. */
  private static List<StackTraceElement> untilTheCell(StackTraceElement[] frames) {
    int last = frames.length;
    for (int i = frames.length - 1; i >= 0; i--) {
      if (isOfNotebook(frames[i])) {
        last = i + 1;
        break;
      }
    }
    return List.of(frames).subList(0, last);
  }

  private static String text(StackTraceElement frame, @Nullable Place place) {
    String name = WRAPPER.matcher(frame.getClassName()).replaceFirst("");
    String type = ANONYMOUS.matcher(name).replaceFirst("an anonymous class").replace('$', '.');
    String method = frame.getMethodName();
    if (place == null && isOfNotebook(frame)) { // at its beginning, before its first line
      return type.isEmpty() ? method : type + "." + method;
    }
    if (place == null) {
      // Without the name of the class loader and of the JDK's module, which tell nobody anything.
      return new StackTraceElement(
              null,
              null,
              null,
              frame.getClassName(),
              method,
              frame.getFileName(),
              frame.getLineNumber())
          .toString();
    }
    String where = "cell [%d]: line %d".formatted(place.cell(), place.line());
    if (method.startsWith("lambda$")) {
      return "a lambda (%s)".formatted(where);
    }
    if (type.isEmpty()) {
      return method.equals(PlainCode.METHOD) || method.equals(INITIALIZER)
          ? where
          : "%s (%s)".formatted(method, where);
    }
    return "%s.%s (%s)".formatted(type, method, where);
  }

  /** A message with the notebook's classes as the user knows them. */
  private static String own(String message) {
    return WRAPPED_NAME.matcher(message).replaceAll("");
  }

  /** The class name as the user knows it. */
  static String name(Throwable thrown) {
    String type =
        thrown instanceof RemoteThrowable remote ? remote.className() : thrown.getClass().getName();
    return WRAPPER.matcher(type).replaceFirst("");
  }
}
