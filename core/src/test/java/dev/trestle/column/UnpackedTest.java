package dev.trestle.column;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tech.tablesaw.columns.dates.PackedLocalDate;
import tech.tablesaw.columns.datetimes.PackedLocalDateTime;
import tech.tablesaw.columns.times.PackedLocalTime;

class UnpackedTest {
  private static final int DAYS = 366;

  @Test
  void everyDateOfEveryYearThatTablesawHasIsTheDayOfTheCalendar() {
    int[] dates = new int[DAYS];
    for (int year = Short.MIN_VALUE; year <= Short.MAX_VALUE; year++) {
      LocalDate first = LocalDate.of(year, 1, 1);
      int count = 0;
      for (int month = 1; month <= 12; month++) {
        for (int day = 1; day <= YearMonth.of(year, month).lengthOfMonth(); day++) {
          dates[count++] = PackedLocalDate.pack((short) year, (byte) month, (byte) day);
        }
      }
      Unpacked.epochDays(dates, count);
      for (int i = 0; i < count; i++) {
        assertEquals(first.toEpochDay() + i, dates[i]);
      }
    }
  }

  @Test
  void timesCountMillisecondsFromMidnight() {
    var random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      int millis = random.nextInt(86_400_000);
      int[] time = {PackedLocalTime.pack(LocalTime.ofNanoOfDay(millis * 1_000_000L))};
      Unpacked.millisOfDay(time, 1);
      assertEquals(millis, time[0]);
    }
  }

  @Test
  void dateTimesCountMillisecondsFrom1970() {
    var random = new Random(2);
    long first = LocalDate.of(Short.MIN_VALUE, 1, 1).toEpochDay() * 86_400_000;
    long last = LocalDate.of(Short.MAX_VALUE, 12, 31).toEpochDay() * 86_400_000;
    var conversion = Unpacked.epochMillis(1);
    for (int i = 0; i < 100_000; i++) {
      long millis = random.nextLong(first, last);
      int nanos = Math.floorMod(millis, 1000) * 1_000_000;
      var time = LocalDateTime.ofEpochSecond(Math.floorDiv(millis, 1000), nanos, ZoneOffset.UTC);
      long[] packed = {PackedLocalDateTime.pack(time)};
      conversion.convert(packed, 1);
      assertEquals(millis, packed[0]);
    }
  }

  @Test
  void whatIsMissingStaysMissing() {
    int[] ints = {Integer.MIN_VALUE, Integer.MIN_VALUE};
    long[] longs = {Long.MIN_VALUE};

    Unpacked.epochDays(ints, 1);
    Unpacked.millisOfDay(ints, 2);
    Unpacked.epochMillis(1).convert(longs, 1);

    assertArrayEquals(new int[] {Integer.MIN_VALUE, Integer.MIN_VALUE}, ints);
    assertArrayEquals(new long[] {Long.MIN_VALUE}, longs);
  }
}
