package dev.trestle.column;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntList;
import it.unimi.dsi.fastutil.ints.IntListIterator;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tech.tablesaw.columns.datetimes.PackedLocalDateTime;

/** What is read a block ahead is what is read one by one, whoever reads and writes in between. */
class ReadAheadTest {
  private static final int ROWS = 5_000;
  private static final long MINUTE = 60_000;
  private static final long DAY = 1440 * MINUTE;

  @Test
  void dateTimesReadInOrderAreThoseOfTheCalendar() {
    long[] millis = millis();
    long[] wanted = packed(millis);
    MappedDateTimeList list = dateTimes(millis);
    for (int row = 0; row < ROWS; row++) {
      assertEquals(wanted[row], list.getLong(row));
      assertEquals(wanted[row], list.getLong(row));
    }
    assertEquals(LongArrayList.wrap(wanted), LongArrayList.wrap(list.toLongArray()));
  }

  @Test
  void dateTimesReadAnywhereAreThoseOfTheCalendar() {
    long[] millis = millis();
    long[] wanted = packed(millis);
    MappedDateTimeList list = dateTimes(millis);
    var random = new Random(2);
    for (int i = 0; i < ROWS; i++) {
      int start = random.nextInt(ROWS);
      for (int row = start; row < Math.min(ROWS, start + random.nextInt(3) * 700); row++) {
        assertEquals(wanted[row], list.getLong(row));
      }
      assertEquals(wanted[start], list.getLong(start));
    }
  }

  @Test
  void theMinutesAroundEveryMidnightAndHourAreThoseOfTheCalendar() {
    var millis = new LongArrayList();
    for (LocalDateTime hour = LocalDateTime.of(1899, 12, 30, 0, 0);
        hour.getYear() < 1902;
        hour = hour.plusHours(1)) {
      around(millis, hour);
    }
    for (LocalDateTime day = LocalDateTime.of(1970, 1, 1, 0, 0);
        day.getYear() < 2102;
        day = day.plusDays(3).plusMinutes(61)) {
      around(millis, day);
    }
    long[] wanted = packed(millis.toLongArray());
    MappedDateTimeList list = dateTimes(millis.toLongArray());
    assertEquals(LongArrayList.wrap(wanted), LongArrayList.wrap(list.toLongArray()));
  }

  private static void around(LongArrayList millis, LocalDateTime time) {
    long at = time.toInstant(ZoneOffset.UTC).toEpochMilli();
    for (long near : new long[] {-1, 0, 1, MINUTE - 1, MINUTE}) {
      millis.add(at + near);
    }
  }

  @Test
  void threadsThatReadDifferentRowsOfAColumnOfDateTimesEachGetTheirs() {
    long[] millis = millis();
    long[] wanted = packed(millis);
    MappedDateTimeList list = dateTimes(millis);
    IntStream.range(0, 64)
        .parallel()
        .forEach(task -> {
          for (int row = task % 5 * 1000; row < ROWS; row++) {
            assertEquals(wanted[row], list.getLong(row));
          }
        });
  }

  @Test
  void aCopyThatWasReadShowsWhatIsWrittenToItThen() {
    LongArrayList copy = dateTimes(millis()).clone();
    copy.getLong(0);
    copy.getLong(1);
    copy.set(1, 42);
    assertEquals(42, copy.getLong(1));
  }

  @Test
  void anIterationOverACopyGoesOnWithWhatWasWrittenToIt() {
    LongArrayList copy = dateTimes(millis()).clone();
    var iterator = copy.iterator();
    iterator.nextLong();
    copy.set(1, 42);
    assertEquals(42, iterator.nextLong());
  }

  @Test
  void aClearedCopyGrowsPastTheRoomThatItHad() {
    IntArrayList copy = ints(20).clone();
    copy.clear();
    for (int value = 0; value < 100; value++) {
      copy.add(value);
    }
    assertEquals(IntArrayList.wrap(IntStream.range(0, 100).toArray()), copy);
  }

  @Test
  void anIterationGoesForthAndBackLikeThatOverAHeapList() {
    IntList mapped = ints(ROWS);
    IntList heap = IntArrayList.wrap(mapped.toIntArray());
    IntListIterator ours = mapped.listIterator(7);
    IntListIterator theirs = heap.listIterator(7);
    var random = new Random(3);
    for (int i = 0; i < 4 * ROWS; i++) {
      assertEquals(theirs.hasNext(), ours.hasNext());
      assertEquals(theirs.nextIndex(), ours.nextIndex());
      if (theirs.hasNext() && random.nextInt(5) > 0) {
        assertEquals(theirs.nextInt(), ours.nextInt());
      } else if (theirs.hasPrevious() && random.nextInt(3) > 0) {
        assertEquals(theirs.previousInt(), ours.previousInt());
      } else {
        int rows = random.nextInt(100);
        assertEquals(theirs.skip(rows), ours.skip(rows));
      }
    }
    ours.skip(ROWS);
    assertThrows(NoSuchElementException.class, ours::nextInt);
  }

  private static MappedIntList ints(int rows) {
    int[] values = new Random(4).ints(rows).toArray();
    return new MappedIntList(MemorySegment.ofArray(values), rows);
  }

  private static MappedDateTimeList dateTimes(long[] millis) {
    return new MappedDateTimeList(MemorySegment.ofArray(millis), millis.length);
  }

  /** Most within the calendar that is looked up, some far from it, some missing. */
  private static long[] millis() {
    var random = new Random(1);
    long[] millis = new long[ROWS];
    for (int row = 0; row < ROWS; row++) {
      millis[row] =
          switch (random.nextInt(20)) {
            case 0 -> Long.MIN_VALUE;
            case 1 -> random.nextLong(-300_000 * DAY, 300_000 * DAY);
            default -> random.nextLong(-25_567 * DAY, 47_482 * DAY);
          };
    }
    return millis;
  }

  private static long[] packed(long[] millis) {
    long[] packed = new long[millis.length];
    for (int row = 0; row < millis.length; row++) {
      packed[row] =
          millis[row] == Long.MIN_VALUE
              ? Long.MIN_VALUE
              : PackedLocalDateTime.pack(
                  LocalDateTime.ofInstant(Instant.ofEpochMilli(millis[row]), ZoneOffset.UTC));
    }
    return packed;
  }
}
