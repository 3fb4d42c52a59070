package dev.trestle.column;

import dev.trestle.store.Layouts;
import java.lang.foreign.MemorySegment;

/** Milliseconds of the day in the mapping, read as Tablesaw's packed times. */
final class MappedTimeList extends MappedInts {
  private final MemorySegment millis;

  MappedTimeList(MemorySegment millis, int size) {
    super(size, false);
    this.millis = millis;
  }

  @Override
  public int getInt(int index) {
    return Packed.time(millis.get(Layouts.INT, (long) index << 2));
  }

  @Override
  public ChunkedTimeList clone() {
    return new ChunkedTimeList(Pieces.of(millis, size), true);
  }
}
