package dev.trestle.column;

import dev.trestle.store.Layouts;
import java.lang.foreign.MemorySegment;

/** Longs read straight from a mapping. */
final class MappedLongList extends MappedLongs {
  private final MemorySegment values;

  MappedLongList(MemorySegment values, int size) {
    super(size, false);
    this.values = values;
  }

  @Override
  public long getLong(int index) {
    return values.get(Layouts.LONG, (long) index << 3);
  }

  @Override
  public void getElements(int from, long[] target, int offset, int length) {
    MemorySegment.copy(values, Layouts.LONG, (long) from << 3, target, offset, length);
  }

  @Override
  public ChunkedLongList clone() {
    return new ChunkedLongList(Pieces.of(values, size), true);
  }
}
