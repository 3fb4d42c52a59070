package dev.trestle.column;

import dev.trestle.store.Layouts;
import java.lang.foreign.MemorySegment;

/** Floats read straight from a mapping. */
final class MappedFloatList extends MappedFloats {
  private final MemorySegment values;

  MappedFloatList(MemorySegment values, int size) {
    super(size, false);
    this.values = values;
  }

  @Override
  public float getFloat(int index) {
    return values.get(Layouts.FLOAT, (long) index << 2);
  }

  @Override
  public void getElements(int from, float[] target, int offset, int length) {
    MemorySegment.copy(values, Layouts.FLOAT, (long) from << 2, target, offset, length);
  }

  @Override
  public ChunkedFloatList clone() {
    return new ChunkedFloatList(Pieces.of(values, size), true);
  }
}
