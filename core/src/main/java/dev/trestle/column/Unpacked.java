package dev.trestle.column;

/**
 * Tablesaw's packed dates and times, see {@link Packed}, as an Arrow file's counts of days and
 * milliseconds.
 *
 * <p>Arithmetic without a branch or a table, in place, in loops short enough for the compiler to do
 * many values together: 4 million dates took 2 ms, and 8 with a table of months; as many date-times
 * took 6 ms, and 15.
 */
final class Unpacked {
  private static final int MISSING = Integer.MIN_VALUE;
  private static final int MILLIS_PER_MINUTE = 60_000;
  private static final int MILLIS_PER_HOUR = 3_600_000;
  private static final long MILLIS_PER_DAY = 86_400_000;

  /** A multiple of 400, so that no packed year is negative; it is 40,000 x 365.2425 days. */
  private static final int YEARS_ADDED = 40_000;

  private static final int DAYS_ADDED = 14_609_700;

  /** From the first of March of the year 0 to 1970. */
  private static final int DAYS_TO_EPOCH = 719_468;

  private Unpacked() {}

  /** Replaces dates by days since 1970. */
  static void epochDays(int[] dates, int count) {
    for (int i = 0; i < count; i++) {
      dates[i] = epochDay(dates[i]);
    }
  }

  /** Replaces times by milliseconds since midnight. */
  static void millisOfDay(int[] times, int count) {
    for (int i = 0; i < count; i++) {
      times[i] = millisOfDay(times[i]);
    }
  }

  /** Replaces date-times by milliseconds since 1970. Keeps room for so many at once. */
  static LongRows.Conversion epochMillis(int most) {
    int[] dates = new int[most];
    int[] times = new int[most];
    return (dateTimes, count) -> epochMillis(dateTimes, count, dates, times);
  }

  private static void epochMillis(long[] dateTimes, int count, int[] dates, int[] times) {
    for (int i = 0; i < count; i++) {
      dates[i] = (int) (dateTimes[i] >> 32);
      times[i] = (int) dateTimes[i];
    }
    epochDays(dates, count);
    millisOfDay(times, count);
    for (int i = 0; i < count; i++) {
      long notMissing = dateTimes[i] ^ Long.MIN_VALUE;
      long there = (notMissing | -notMissing) >> 63; // all bits, or none
      dateTimes[i] = ((dates[i] * MILLIS_PER_DAY + times[i]) & there) | (~there << 63);
    }
  }

  /**
   * Counts in years that begin in March: the leap day is the last one then. Divides by multiplying:
   * 5,243 is 2^17 / 25, and 13,108 is 2^16 / 5, rounded up, and exact for all years and months.
   */
  private static int epochDay(int date) {
    int month = date >> 8 & 0xFF;
    int before = (month - 3) >>> 31; // 1 in January and February
    int year = (date >> 16) - before + YEARS_ADDED;
    int leaps = year >> 2;
    int centuries = (leaps * 5_243) >>> 17;
    int daysBefore = (((month - 3 + 12 * before) * 153 + 2) * 13_108) >>> 16;
    int days = 365 * year + leaps - centuries + (centuries >> 2) + daysBefore + (date & 0xFF);
    return orMissing(days - 1 - DAYS_ADDED - DAYS_TO_EPOCH, date);
  }

  private static int millisOfDay(int time) {
    int millis =
        (time >> 24) * MILLIS_PER_HOUR + (time >> 16 & 0xFF) * MILLIS_PER_MINUTE + (time & 0xFFFF);
    return orMissing(millis, time);
  }

  private static int orMissing(int value, int packed) {
    int notMissing = packed ^ MISSING;
    int there = (notMissing | -notMissing) >> 31; // all bits, or none
    return (value & there) | (MISSING & ~there);
  }
}
