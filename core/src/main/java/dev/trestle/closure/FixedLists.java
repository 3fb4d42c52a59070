package dev.trestle.closure;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The large immutable lists ({@code List.of}, {@code Stream.toList}) that variables and captured
 * locals hold.
 *
 * <p>A stream does not show them: it asks each for what to write in its place first, which is a new
 * object each time. This tells from that object which list it is for. (Immutable sets and maps are
 * left alone: making one of 150,000 successive numbers takes the JDK close to a second.)
 */
final class FixedLists {
  private static final Class<?> LIST = List.of(1, 2, 3).getClass();

  /** What is written: the elements. */
  private static final Class<?> WRITTEN;

  /** From what is written to an equal list, set or map. */
  private static final MethodHandle CONTENT;

  static {
    try {
      WRITTEN = Class.forName("java.util.CollSer");
      CONTENT =
          (MethodHandle)
              SerializationEntry.method(
                      "readResolveForSerialization",
                      MethodType.methodType(MethodHandle.class, Class.class))
                  .invoke(WRITTEN);
    } catch (Throwable e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final List<Object> met = new ArrayList<>();

  /** Whether a value is such a list, however large. */
  static boolean isOne(Object value) {
    return value.getClass() == LIST;
  }

  /** Notes a list before a stream comes to it. */
  void meet(Object list) {
    met.add(list);
  }

  /** The list for which a stream is about to write an object; null if it is none of these. */
  @Nullable Object behind(Object written) {
    if (met.isEmpty() || written.getClass() != WRITTEN) {
      return null;
    }
    Object content = content(written);
    for (Object each : met) {
      // Equal ones may stand for each other: they hold nothing but texts and numbers.
      if (each.equals(content) && isOne(content)) {
        return each;
      }
    }
    return null;
  }

  private static Object content(Object written) {
    try {
      return CONTENT.invoke(written);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new CaptureException("an immutable list cannot be read", e);
    }
  }
}
