package dev.trestle.column;

import dev.trestle.store.Layouts;
import java.lang.foreign.MemorySegment;

/**
 * Milliseconds since 1970 in the mapping, read as Tablesaw's packed date-times. Instants are packed
 * in the same way, in UTC.
 */
final class MappedDateTimeList extends MappedLongs {
  private final MemorySegment millis;

  MappedDateTimeList(MemorySegment millis, int size) {
    super(size, false);
    this.millis = millis;
  }

  @Override
  public long getLong(int index) {
    return Packed.dateTime(millis.get(Layouts.LONG, (long) index << 3));
  }

  @Override
  public ChunkedDateTimeList clone() {
    return new ChunkedDateTimeList(Pieces.of(millis, size), true);
  }
}
