package dev.trestle.ingest;

/**
 * Numbers in their plain spelling, straight from the characters.
 *
 * <p>Most cells are plain; whatever is not (separators, percent signs, hexadecimal, long mantissas)
 * is left to Tablesaw's own parsers, so that the accepted language is exactly theirs.
 */
final class PlainNumbers {
  /** What {@link #integer} gives for text that is not a plain integer. */
  static final long NOT_PLAIN = Long.MIN_VALUE;

  private static final int SAFE_DIGITS = 18; // below 10^18 nothing overflows
  private static final long EXACT_MANTISSA = 1L << 53;

  /** Powers of ten that a double holds exactly. */
  private static final double[] TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private PlainNumbers() {}

  /** Digits with an optional minus sign, and ".0" after them where the options let that pass. */
  static long integer(char[] text, int at, int length, boolean zeroDecimal) {
    int end = at + length;
    boolean negative = text[at] == '-';
    int start = negative ? at + 1 : at;
    long value = 0;
    int i = start;
    for (; i < end; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      value = value * 10 + digit;
    }
    int digits = i - start;
    if (digits == 0 || digits > SAFE_DIGITS) {
      return NOT_PLAIN;
    }
    if (i < end && !(zeroDecimal && isZeroDecimal(text, i, end))) {
      return NOT_PLAIN;
    }
    return negative ? -value : value;
  }

  private static boolean isZeroDecimal(char[] text, int at, int end) {
    if (text[at] != '.' || at + 1 == end) {
      return false;
    }
    for (int i = at + 1; i < end; i++) {
      if (text[i] != '0') {
        return false;
      }
    }
    return true;
  }

  /**
   * A decimal number, or NaN when it is not plain.
   *
   * <p>Mantissa and power of ten are both exact doubles, so one multiplication or division rounds
   * correctly: Clinger, How to Read Floating Point Numbers Accurately, 1990.
   */
  static double decimal(char[] text, int at, int length) {
    int end = at + length;
    boolean negative = text[at] == '-';
    int i = negative ? at + 1 : at;
    long mantissa = 0;
    int digits = 0;
    int fraction = 0;
    boolean point = false;
    for (; i < end; i++) {
      int digit = text[i] - '0';
      if (digit >= 0 && digit <= 9) {
        mantissa = mantissa * 10 + digit;
        digits++;
        fraction += point ? 1 : 0;
      } else if (text[i] == '.' && !point) {
        point = true;
      } else {
        return Double.NaN;
      }
    }
    if (digits == 0 || digits > SAFE_DIGITS || mantissa > EXACT_MANTISSA) {
      return Double.NaN;
    }
    double magnitude = mantissa / TEN[fraction];
    return negative ? -magnitude : magnitude;
  }
}
