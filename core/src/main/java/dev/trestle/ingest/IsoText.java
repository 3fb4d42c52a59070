package dev.trestle.ingest;

import java.time.LocalDate;

/**
 * Dates and times as computers write them, straight from the characters.
 *
 * <p>Tablesaw tries its nineteen date formats in turn, microseconds for each value. What is left to
 * it: every other spelling, and days past the 28th, since it knows the months and moves 30 February
 * to the 28th.
 */
final class IsoText {
  /** What text in another spelling gives. */
  static final long NOT_PLAIN = Long.MIN_VALUE;

  private static final int DATE = 10; // 2014-07-09
  private static final int TIME = 8; // 13:03:44
  private static final int DATE_TIME = DATE + 1 + TIME; // 2014-07-09T13:03:44, or with a space
  private static final long MILLIS_A_DAY = 86_400_000L;
  private static final int NO_DIGITS = -1_000_000; // stays negative in any sum with other digits

  private IsoText() {}

  /** Days since 1970-01-01. */
  static long epochDay(char[] text, int at, int length) {
    return length == DATE ? epochDay(text, at) : NOT_PLAIN;
  }

  /** Milliseconds since midnight. */
  static long milliOfDay(char[] text, int at, int length) {
    return length == TIME ? milliOfDay(text, at) : NOT_PLAIN;
  }

  /** Milliseconds since 1970-01-01T00:00. */
  static long epochMillis(char[] text, int at, int length) {
    if (length != DATE_TIME || (text[at + DATE] != ' ' && text[at + DATE] != 'T')) {
      return NOT_PLAIN;
    }
    long day = epochDay(text, at);
    long milli = milliOfDay(text, at + DATE + 1);
    return day == NOT_PLAIN || milli == NOT_PLAIN ? NOT_PLAIN : day * MILLIS_A_DAY + milli;
  }

  private static long epochDay(char[] text, int at) {
    int year = digits(text, at) * 100 + digits(text, at + 2);
    int month = digits(text, at + 5);
    int day = digits(text, at + 8);
    boolean plain =
        text[at + 4] == '-'
            && text[at + 7] == '-'
            && year >= 1
            && month >= 1
            && month <= 12
            && day >= 1
            && day <= 28;
    return plain ? LocalDate.of(year, month, day).toEpochDay() : NOT_PLAIN;
  }

  private static long milliOfDay(char[] text, int at) {
    int hour = digits(text, at);
    int minute = digits(text, at + 3);
    int second = digits(text, at + 6);
    boolean plain =
        text[at + 2] == ':'
            && text[at + 5] == ':'
            && hour >= 0
            && hour <= 23
            && minute >= 0
            && minute <= 59
            && second >= 0
            && second <= 59;
    return plain ? ((hour * 60L + minute) * 60 + second) * 1000 : NOT_PLAIN;
  }

  private static int digits(char[] text, int at) {
    int tens = text[at] - '0';
    int ones = text[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? NO_DIGITS : tens * 10 + ones;
  }
}
