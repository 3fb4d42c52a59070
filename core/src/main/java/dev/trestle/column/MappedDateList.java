package dev.trestle.column;

import dev.trestle.store.Layouts;
import java.lang.foreign.MemorySegment;

/** Days since 1970 in the mapping, read as Tablesaw's packed dates. */
final class MappedDateList extends MappedInts {
  private final MemorySegment days;

  MappedDateList(MemorySegment days, int size) {
    super(size, false);
    this.days = days;
  }

  @Override
  public int getInt(int index) {
    return Packed.date(days.get(Layouts.INT, (long) index << 2));
  }

  @Override
  public ChunkedDateList clone() {
    return new ChunkedDateList(Pieces.of(days, size), true);
  }
}
