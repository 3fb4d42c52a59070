package dev.trestle.kernel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Objects on their way from a magic into code that it runs. */
@SuppressWarnings("TypeParameterUnusedInFormals") // the code says which type
public final class Handover {
  private static final Map<String, Object> LEFT = new ConcurrentHashMap<>();
  private static final AtomicLong NUMBERS = new AtomicLong();

  private Handover() {}

  /** Keeps an object under a name that is not used twice. */
  static String leave(Object value) {
    String key = "value " + NUMBERS.incrementAndGet();
    LEFT.put(key, value);
    return key;
  }

  static void forget(String key) {
    LEFT.remove(key);
  }

  /**
   * The object that was left under a name.
   *
   * @throws IllegalStateException if it was forgotten: only the code that a magic runs calls this
   */
  @SuppressWarnings("unchecked")
  public static <T> T take(String key) {
    Object value = LEFT.get(key);
    if (value == null) {
      throw new IllegalStateException("nothing was left under '" + key + "'");
    }
    return (T) value;
  }
}
