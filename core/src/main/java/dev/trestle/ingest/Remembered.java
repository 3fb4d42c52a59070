package dev.trestle.ingest;

import org.jspecify.annotations.Nullable;

/**
 * What some recent texts parsed to. Dates repeat, and Tablesaw tries up to nineteen formats on
 * each: microseconds that this saves.
 */
final class Remembered {
  private static final int SLOTS = 1 << 9;

  private final @Nullable String[] texts = new String[SLOTS];
  private final long[] values = new long[SLOTS];

  static int slot(char[] text, int at, int length) {
    int hash = length;
    for (int i = at; i < at + length; i++) {
      hash = hash * 31 + text[i];
    }
    hash *= 0x9E3779B9; // spreads what differs only in the last characters
    return hash >>> (Integer.SIZE - Integer.numberOfTrailingZeros(SLOTS));
  }

  boolean holds(int slot, char[] text, int at, int length) {
    String known = texts[slot];
    if (known == null || known.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (known.charAt(i) != text[at + i]) {
        return false;
      }
    }
    return true;
  }

  long value(int slot) {
    return values[slot];
  }

  void keep(int slot, String text, long value) {
    texts[slot] = text;
    values[slot] = value;
  }
}
