package dev.trestle.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.columns.dates.DateParser;
import tech.tablesaw.columns.datetimes.DateTimeParser;
import tech.tablesaw.columns.times.TimeParser;

/** The short cuts give what the parsers that they pass by would give. */
class PlainSpellingTest {
  @Test
  void plainDecimalsAreRoundedAsDoubleParseDoubleDoes() {
    Random random = new Random(7);
    int plain = 0;
    for (int i = 0; i < 200_000; i++) {
      String text = decimal(random);
      double value = PlainNumbers.decimal(text.toCharArray(), 0, text.length());
      if (!Double.isNaN(value)) {
        plain++;
        assertEquals(Double.parseDouble(text), value, text);
      }
    }
    assertTrue(plain > 100_000, "only " + plain + " were plain");
  }

  private static String decimal(Random random) {
    String digits = Long.toString(random.nextLong() >>> random.nextInt(1, 63));
    int point = random.nextInt(digits.length() + 1);
    String sign = random.nextBoolean() ? "-" : "";
    return sign + digits.substring(0, point) + "." + digits.substring(point);
  }

  @Test
  void plainIntegersAreWhatLongParseLongSays() {
    Random random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      long expected = random.nextLong() >> random.nextInt(64);
      String text = Long.toString(expected);
      long value = PlainNumbers.integer(text.toCharArray(), 0, text.length(), true);
      if (value != PlainNumbers.NOT_PLAIN) {
        assertEquals(expected, value);
      } else {
        assertTrue(text.length() > 18, text);
      }
    }
  }

  @Test
  void isoDatesAndTimesAreWhatTablesawParses() {
    DateParser dates = new DateParser(ColumnType.LOCAL_DATE);
    TimeParser times = new TimeParser(ColumnType.LOCAL_TIME);
    DateTimeParser dateTimes = new DateTimeParser(ColumnType.LOCAL_DATE_TIME);
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      String date =
          "%04d-%02d-%02d"
              .formatted(random.nextInt(10_000), random.nextInt(14), random.nextInt(33));
      String time =
          "%02d:%02d:%02d".formatted(random.nextInt(25), random.nextInt(61), random.nextInt(61));
      String both = date + (random.nextBoolean() ? " " : "T") + time;
      long day = IsoText.epochDay(date.toCharArray(), 0, date.length());
      if (day != IsoText.NOT_PLAIN) {
        assertEquals(dates.parse(date).toEpochDay(), day, date);
      }
      long milli = IsoText.milliOfDay(time.toCharArray(), 0, time.length());
      if (milli != IsoText.NOT_PLAIN) {
        assertEquals(times.parse(time).toNanoOfDay() / 1_000_000, milli, time);
      }
      long millis = IsoText.epochMillis(both.toCharArray(), 0, both.length());
      if (millis != IsoText.NOT_PLAIN) {
        assertEquals(dateTimes.parse(both).toInstant(ZoneOffset.UTC).toEpochMilli(), millis, both);
      }
    }
  }

  @Test
  void isoDatesAndTimesAreNotLeftToTablesaw() {
    assertEquals(16260, IsoText.epochDay("2014-07-09".toCharArray(), 0, 10));
    assertEquals(47_024_000, IsoText.milliOfDay("13:03:44".toCharArray(), 0, 8));
    assertEquals(
        1_404_911_024_000L, IsoText.epochMillis("2014-07-09 13:03:44".toCharArray(), 0, 19));
  }
}
