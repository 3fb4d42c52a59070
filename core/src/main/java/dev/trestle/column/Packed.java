package dev.trestle.column;

import dev.trestle.store.Layouts;
import dev.trestle.store.StoreException;
import java.lang.foreign.MemorySegment;
import java.time.LocalDate;
import tech.tablesaw.columns.dates.PackedLocalDate;

/**
 * The day and millisecond counts of an Arrow file as Tablesaw's packed fields; see {@link Unpacked}
 * for the way back.
 *
 * <p>Tablesaw packs a date as year, month and day in two, one and one bytes; a time as hour, minute
 * and milliseconds of the minute in one, one and two bytes; a date-time as both in a long. Missing
 * is the smallest value in either form.
 */
final class Packed {
  private static final int MISSING_INT = Integer.MIN_VALUE;
  private static final long MISSING_LONG = Long.MIN_VALUE;
  private static final int MILLIS_PER_MINUTE = 60_000;
  private static final int MILLIS_PER_HOUR = 3_600_000;
  private static final int MILLIS_PER_DAY = 86_400_000;

  private Packed() {}

  /** Looking a day up beats the calendar's divisions. Made when the first date is read. */
  private static final class Calendar {
    static final int FIRST = (int) LocalDate.of(1900, 1, 1).toEpochDay();
    static final int DAYS = (int) LocalDate.of(2100, 1, 1).toEpochDay() - FIRST;
    static final long FIRST_MILLI = (long) FIRST * MILLIS_PER_DAY;
    static final long MILLIS = (long) DAYS * MILLIS_PER_DAY;

    /** Behind the last day comes the missing one: it is looked up as any other. */
    static final int[] DATES = new int[DAYS + 1];

    static {
      for (int i = 0; i < DAYS; i++) {
        DATES[i] = PackedLocalDate.pack(LocalDate.ofEpochDay(FIRST + i));
      }
      DATES[DAYS] = MISSING_INT;
    }
  }

  static int date(int epochDay) {
    int index = epochDay - Calendar.FIRST;
    if (index >= 0 && index < Calendar.DAYS) {
      return Calendar.DATES[index];
    }
    return epochDay == MISSING_INT ? MISSING_INT : farDate(epochDay);
  }

  /**
   * @throws StoreException for a year that Tablesaw has no room for; it would keep another one
   */
  private static int farDate(int epochDay) {
    LocalDate date = LocalDate.ofEpochDay(epochDay);
    if (date.getYear() != (short) date.getYear()) {
      throw new StoreException(
          "a date lies in the year %d, and Tablesaw's years end at %d"
              .formatted(date.getYear(), Short.MAX_VALUE));
    }
    return PackedLocalDate.pack(date);
  }

  static int time(int millisOfDay) {
    if (millisOfDay == MISSING_INT) {
      return MISSING_INT;
    }
    if (millisOfDay < 0 || millisOfDay >= MILLIS_PER_DAY) {
      throw new StoreException("a time lies %,d ms after midnight".formatted(millisOfDay));
    }
    return packedTime(millisOfDay);
  }

  private static int packedTime(int millisOfDay) {
    int hour = millisOfDay / MILLIS_PER_HOUR;
    int rest = millisOfDay - hour * MILLIS_PER_HOUR;
    int minute = rest / MILLIS_PER_MINUTE;
    return hour << 24 | minute << 16 | (rest - minute * MILLIS_PER_MINUTE);
  }

  static long dateTime(long epochMillis) {
    // One comparison tells the near days from the others and from what is missing.
    long near = epochMillis - Calendar.FIRST_MILLI;
    if (Long.compareUnsigned(near, Calendar.MILLIS) >= 0) {
      return epochMillis == MISSING_LONG ? MISSING_LONG : farDateTime(epochMillis);
    }
    return withDate(withHours(withMinutes(dayAndMillis(near))));
  }

  /**
   * As {@link #dateTime}, many at once: first the arithmetic, in loops short enough for the
   * compiler to do several values together, then the dates. Without a branch for what is missing,
   * which cost a quarter of the time when one in twenty was.
   *
   * @param from the number of the first value
   */
  static void dateTimes(MemorySegment epochMillis, int from, long[] target, int offset, int count) {
    MemorySegment.copy(epochMillis, Layouts.LONG, (long) from << 3, target, offset, count);
    long far = 0;
    for (int i = offset; i < offset + count; i++) {
      long near = target[i] - Calendar.FIRST_MILLI;
      long outside = (near | (Calendar.MILLIS - 1 - near)) >> 63; // all bits, or none
      far |= outside & (target[i] ^ MISSING_LONG);
      target[i] = (dayAndMillis(near) & ~outside) | ((long) Calendar.DAYS << 32 & outside);
    }
    for (int i = offset; i < offset + count; i++) {
      target[i] = withMinutes(target[i]);
    }
    for (int i = offset; i < offset + count; i++) {
      target[i] = withHours(target[i]);
    }
    for (int i = offset; i < offset + count; i++) {
      target[i] = withDate(target[i]);
    }
    if (far != 0) {
      for (int i = 0; i < count; i++) {
        target[offset + i] = dateTime(epochMillis.get(Layouts.LONG, (from + i) * 8L));
      }
    }
  }

  private static long withDate(long dayAndTime) {
    return (long) Calendar.DATES[(int) (dayAndTime >>> 32)] << 32 | (int) dayAndTime;
  }

  /**
   * The number of the day in the upper half, its milliseconds in the lower. Here and below divides
   * by multiplying: the factor is 2^46 / (86,400,000 / 2^10), rounded up, and exact for the whole
   * calendar.
   */
  private static long dayAndMillis(long near) {
    long day = ((near >>> 10) * 833_999_931L) >>> 46;
    return near + day * ((1L << 32) - MILLIS_PER_DAY);
  }

  /** With the minutes apart from their milliseconds; the factor is 2^39 / 60,000. */
  private static long withMinutes(long dayAndMillis) {
    long minutes = ((dayAndMillis & 0xFFFF_FFFFL) * 9_162_597L) >>> 39;
    return dayAndMillis + minutes * ((1 << 16) - MILLIS_PER_MINUTE);
  }

  /** With the hours apart from their minutes, all as Tablesaw packs it; the factor is 2^16 / 60. */
  private static long withHours(long dayAndMinutes) {
    long hours = ((dayAndMinutes & 0x7FF_0000L) * 1093) >>> 32;
    return dayAndMinutes + hours * ((1 << 24) - (60 << 16));
  }

  private static long farDateTime(long epochMillis) {
    long day = Math.floorDiv(epochMillis, MILLIS_PER_DAY);
    int millis = (int) (epochMillis - day * MILLIS_PER_DAY);
    // Days that are no int are no dates of Tablesaw's either.
    int near = day == (int) day ? (int) day : Integer.MAX_VALUE;
    return (long) date(near) << 32 | packedTime(millis);
  }
}
