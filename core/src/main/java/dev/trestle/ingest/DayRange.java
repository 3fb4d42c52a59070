package dev.trestle.ingest;

import java.time.LocalDate;

/** The days that a Tablesaw date can be: it packs the year into 16 bits. */
final class DayRange {
  private static final long FIRST = LocalDate.of(Short.MIN_VALUE, 1, 1).toEpochDay();
  private static final long LAST = LocalDate.of(Short.MAX_VALUE, 12, 31).toEpochDay();

  private DayRange() {}

  static boolean holds(long epochDay) {
    return epochDay >= FIRST && epochDay <= LAST;
  }
}
