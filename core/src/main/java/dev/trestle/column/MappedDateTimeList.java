package dev.trestle.column;

import dev.trestle.store.Layouts;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.lang.foreign.MemorySegment;

/**
 * Milliseconds since 1970 in the mapping, read as Tablesaw's packed date-times. Instants are packed
 * in the same way, in UTC.
 *
 * <p>Tablesaw asks for most rows twice, the first time to see whether it is missing, and in order.
 * So the list unpacks some rows ahead for those who come in order. Safe for use by several threads:
 * those that read different rows take turns in having some unpacked, and unpack the others one by
 * one.
 */
final class MappedDateTimeList extends MappedLongs {
  private static final int SHORTEST = 64; // rows; a power of two
  private static final int LONGEST = 1024;

  private final MemorySegment millis;

  private Ahead ahead = new Ahead(0, new long[0]);

  /** Some rows, from one on. Final fields let a race hand it over. */
  private static final class Ahead {
    final int from;
    final long[] rows;

    Ahead(int from, long[] rows) {
      this.from = from;
      this.rows = rows;
    }

    int to() {
      return from + rows.length;
    }
  }

  MappedDateTimeList(MemorySegment millis, int size) {
    this(millis, size, false);
  }

  private MappedDateTimeList(MemorySegment millis, int size, boolean isCopy) {
    super(size, isCopy);
    this.millis = millis;
  }

  @Override
  public long getLong(int index) {
    if (isOwned()) {
      return owned(index);
    }
    Ahead known = ahead;
    int at = index - known.from;
    return Integer.compareUnsigned(at, known.rows.length) < 0
        ? known.rows[at]
        : unpack(index, known);
  }

  private long unpack(int index, Ahead known) {
    boolean goesOn = index == known.to();
    // The second is how a reader that began elsewhere gets its rows; one that jumps about seldom
    // hits such a row.
    if (index < size && (goesOn || (index & LONGEST - 1) == 0)) {
      int length = goesOn ? Math.clamp(4L * known.rows.length, SHORTEST, LONGEST) : SHORTEST;
      long[] rows = new long[Math.min(length, size - index)];
      getElements(index, rows, 0, rows.length);
      ahead = new Ahead(index, rows);
      return rows[0];
    }
    return Packed.dateTime(millis.get(Layouts.LONG, (long) index << 3));
  }

  @Override
  public void getElements(int from, long[] target, int offset, int length) {
    if (isOwned()) {
      System.arraycopy(a, from, target, offset, length);
      return;
    }
    Packed.dateTimes(millis, from, target, offset, length);
  }

  @Override
  public LongArrayList clone() {
    return isOwned()
        ? LongArrayList.wrap(toLongArray())
        : new MappedDateTimeList(millis, size, true);
  }
}
