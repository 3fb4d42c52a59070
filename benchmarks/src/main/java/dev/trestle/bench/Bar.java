package dev.trestle.bench;

import dev.trestle.memory.ByteSize;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * A figure to reach: at most so much.
 *
 * @param what is measured
 * @param most the largest value within the bar
 * @param format writes a value with its unit
 */
public record Bar(String what, double most, DoubleFunction<String> format) {
  private static final long MIB = 1 << 20;

  /** A bar for a size. */
  public static Bar mebibytes(String what, long most) {
    return new Bar(what, (double) (most * MIB), bytes -> ByteSize.format((long) bytes));
  }

  /** A bar for a time. */
  public static Bar seconds(String what, double most) {
    return new Bar(what, most, seconds -> String.format(Locale.ROOT, "%.1f s", seconds));
  }

  /** A bar for a short time; values in milliseconds. */
  public static Bar milliseconds(String what, double most) {
    return new Bar(what, most, Bar::millis);
  }

  /** A bar for a very short time; values in microseconds. */
  static Bar microseconds(String what, double most) {
    return new Bar(what, most, Bar::micros);
  }

  /** A very short time, written as in the table. */
  static String micros(double micros) {
    return String.format(Locale.ROOT, "%.1f us", micros);
  }

  /** A short time, written as in the table. */
  static String millis(double millis) {
    return String.format(Locale.ROOT, "%.2f ms", millis);
  }

  /** The headings of a table of figures and bars. */
  public static TextTable table() {
    return new TextTable("figure", "measured", "bar", "");
  }

  /**
   * Adds a line with the measured value.
   *
   * @param applies whether this was the job that the bar is for; else nothing is said about it
   */
  public void addTo(TextTable table, Number measured, boolean applies) {
    double value = measured.doubleValue();
    String verdict = value <= most ? "within the bar" : "above the bar";
    table.add(
        what,
        format.apply(value),
        "<= " + format.apply(most),
        applies ? verdict : "(for the full size)");
  }
}
