package dev.trestle.worker;

import java.security.CodeSource;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Stack traces as who calls this library wants to see them: the first line is the caller's own, or
 * the task's, and not one of a pool's.
 */
final class OwnFrames {
  private static final String PREFIX = "dev.trestle.";

  private OwnFrames() {}

  /** The frames of whoever called this library in a thread. */
  static StackTraceElement[] callers(StackTraceElement[] frames) {
    int from = 0;
    while (from < frames.length && isOwn(frames[from])) {
      from++;
    }
    return from == frames.length ? frames : Arrays.copyOfRange(frames, from, frames.length);
  }

  /** The frames of a task, down to where a worker called it. */
  static StackTraceElement[] tasks(StackTraceElement[] frames) {
    int to = frames.length;
    while (to > 0 && (isOwn(frames[to - 1]) || isOfThread(frames[to - 1]))) {
      to--;
    }
    return to == 0 ? frames : Arrays.copyOf(frames, to);
  }

  static StackTraceElement[] both(StackTraceElement[] first, StackTraceElement[] then) {
    return Stream.concat(Arrays.stream(first), Arrays.stream(then))
        .toArray(StackTraceElement[]::new);
  }

  private static boolean isOfThread(StackTraceElement frame) {
    return frame.getClassName().equals(Thread.class.getName());
  }

  /** Whether it is of this very library: others may have packages with such names. */
  private static boolean isOwn(StackTraceElement frame) {
    String name = frame.getClassName();
    if (!name.startsWith(PREFIX)) {
      return false;
    }
    try {
      Class<?> named = Class.forName(name, false, OwnFrames.class.getClassLoader());
      return Objects.equals(source(named), source(OwnFrames.class));
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static CodeSource source(Class<?> type) {
    return type.getProtectionDomain().getCodeSource();
  }
}
