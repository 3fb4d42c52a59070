package dev.trestle.memory;

import java.util.Locale;

/** Sizes for people: three significant digits and a binary unit. */
public final class ByteSize {
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private ByteSize() {}

  /**
   * Formats a number of bytes: {@code 17 B}, {@code 9.50 KiB}, {@code 61.3 MiB}, {@code 152 MiB}.
   */
  public static String format(long bytes) {
    if (bytes < 0) {
      return "-" + format(bytes == Long.MIN_VALUE ? Long.MAX_VALUE : -bytes);
    }
    if (bytes < 1024) {
      return bytes + " B";
    }
    double size = bytes / 1024.0;
    int unit = 0;
    while (size >= 1023.5 && unit < UNITS.length - 1) { // what would round to 1024 is 1 of the next
      size /= 1024;
      unit++;
    }
    String digits = size < 9.995 ? "%.2f %s" : size < 99.95 ? "%.1f %s" : "%.0f %s";
    return String.format(Locale.ROOT, digits, size, UNITS[unit]);
  }
}
