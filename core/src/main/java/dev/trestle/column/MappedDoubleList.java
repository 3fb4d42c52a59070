package dev.trestle.column;

import dev.trestle.store.Layouts;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import java.lang.foreign.MemorySegment;

/**
 * Doubles read straight from a mapping. A copy is of this class as well: a third one would make
 * every call that has seen a heap list, a mapped one and a copy a virtual call.
 */
final class MappedDoubleList extends MappedDoubles {
  private final MemorySegment values;

  MappedDoubleList(MemorySegment values, int size) {
    this(values, size, false);
  }

  private MappedDoubleList(MemorySegment values, int size, boolean isCopy) {
    super(size, isCopy);
    this.values = values;
  }

  @Override
  public double getDouble(int index) {
    return isOwned() ? owned(index) : values.get(Layouts.DOUBLE, (long) index << 3);
  }

  @Override
  public void getElements(int from, double[] target, int offset, int length) {
    if (isOwned()) {
      System.arraycopy(a, from, target, offset, length);
    } else {
      MemorySegment.copy(values, Layouts.DOUBLE, (long) from << 3, target, offset, length);
    }
  }

  @Override
  public DoubleArrayList clone() {
    return isOwned()
        ? DoubleArrayList.wrap(toDoubleArray())
        : new MappedDoubleList(values, size, true);
  }
}
