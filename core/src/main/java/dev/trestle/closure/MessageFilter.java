package dev.trestle.closure;

import java.io.ObjectInputFilter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a message may be made of: bounds that its length sets, and no classes of the JDK that turn
 * what is read into something that is run, looked up or connected to.
 *
 * <p>Messages come from the JVM at the other end of a pipe and a socket that only the two of them
 * share; this is the second lock. Classes of the notebook and of the session's class path may come:
 * code of theirs comes anyway.
 */
final class MessageFilter implements ObjectInputFilter {
  private static final int DEEPEST = 1_000; // a stack of 1 MiB holds that

  /** Hash tables are made larger than what is in them. */
  private static final int ROOM = 4;

  private static final int SHORT_ARRAY = 1 << 16;

  /** Their objects stand for remote ones, for beans, directories and scripts. */
  private static final Set<String> CLOSED_MODULES =
      Set.of(
          "java.rmi",
          "java.management",
          "java.management.rmi",
          "java.naming",
          "java.scripting",
          "java.security.jgss",
          "java.security.sasl");

  private final long bytes;
  private long longestArray;
  private @Nullable String objection;

  /**
   * @param bytes the length of the message
   */
  MessageFilter(long bytes) {
    this.bytes = bytes;
    this.longestArray = Math.max(SHORT_ARRAY, ROOM * bytes);
  }

  /** Why the message was refused; null if it was not. */
  @Nullable String objection() {
    return objection;
  }

  @Override
  public Status checkInput(FilterInfo read) {
    Class<?> type = read.serialClass();
    if (read.depth() > DEEPEST) {
      return refuse("objects in it hang on each other %,d deep".formatted(read.depth()));
    }
    if (read.references() > Math.max(SHORT_ARRAY, bytes)) {
      return refuse("it holds more objects than its %,d bytes have room for".formatted(bytes));
    }
    if (type != null && StandIns.ForArray.class.isAssignableFrom(type)) {
      longestArray = Integer.MAX_VALUE; // what it becomes is looked at as if it had been read
    }
    if (read.arrayLength() > longestArray) {
      return refuse(
          "an array of %,d elements does not fit into its %,d bytes"
              .formatted(read.arrayLength(), bytes));
    }
    if (type != null && !isAllowed(type)) {
      return refuse("objects of %s are not taken from another JVM".formatted(type.getName()));
    }
    return Status.ALLOWED;
  }

  private Status refuse(String why) {
    objection = why;
    return Status.REJECTED;
  }

  /** Not serialisable, so it is no part of a stream but what a {@link Substitute} has become. */
  private static boolean isMadeFromItsName(Class<?> type) {
    return Path.class.isAssignableFrom(type) || Charset.class.isAssignableFrom(type);
  }

  private static boolean isAllowed(Class<?> anyType) {
    Class<?> type = anyType;
    while (type.isArray()) {
      type = type.getComponentType();
    }
    Module module = type.getModule();
    if (!module.isNamed()) {
      return true; // of the class path or of the notebook
    }
    return !CLOSED_MODULES.contains(module.getName())
        && (type.isPrimitive()
            || module.isExported(type.getPackageName())
            || isMadeFromItsName(type)
            || type.getName().startsWith("sun.util.calendar.")); // time zones
  }
}
