package dev.trestle.column;

import dev.trestle.store.Layouts;
import java.lang.foreign.MemorySegment;

/** Shorts read straight from a mapping. */
final class MappedShortList extends MappedShorts {
  private final MemorySegment values;

  MappedShortList(MemorySegment values, int size) {
    super(size, false);
    this.values = values;
  }

  @Override
  public short getShort(int index) {
    return values.get(Layouts.SHORT, (long) index << 1);
  }

  @Override
  public void getElements(int from, short[] target, int offset, int length) {
    MemorySegment.copy(values, Layouts.SHORT, (long) from << 1, target, offset, length);
  }

  @Override
  public ChunkedShortList clone() {
    return new ChunkedShortList(Pieces.of(values, size), true);
  }
}
