package dev.trestle.column;

import dev.trestle.store.Layouts;
import java.lang.foreign.MemorySegment;

/** Doubles read straight from a mapping. */
final class MappedDoubleList extends MappedDoubles {
  private final MemorySegment values;

  MappedDoubleList(MemorySegment values, int size) {
    super(size, false);
    this.values = values;
  }

  @Override
  public double getDouble(int index) {
    return values.get(Layouts.DOUBLE, (long) index << 3);
  }

  @Override
  public void getElements(int from, double[] target, int offset, int length) {
    MemorySegment.copy(values, Layouts.DOUBLE, (long) from << 3, target, offset, length);
  }

  @Override
  public ChunkedDoubleList clone() {
    return new ChunkedDoubleList(Pieces.of(values, size), true);
  }
}
