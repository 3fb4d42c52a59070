package dev.trestle.column;

import dev.trestle.store.Layouts;
import java.lang.foreign.MemorySegment;

/** Ints read straight from a mapping. */
final class MappedIntList extends MappedInts {
  private final MemorySegment values;

  MappedIntList(MemorySegment values, int size) {
    super(size, false);
    this.values = values;
  }

  @Override
  public int getInt(int index) {
    return values.get(Layouts.INT, (long) index << 2);
  }

  @Override
  public void getElements(int from, int[] target, int offset, int length) {
    MemorySegment.copy(values, Layouts.INT, (long) from << 2, target, offset, length);
  }

  @Override
  public ChunkedIntList clone() {
    return new ChunkedIntList(Pieces.of(values, size), true);
  }
}
