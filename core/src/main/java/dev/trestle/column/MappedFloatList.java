package dev.trestle.column;

import dev.trestle.store.Layouts;
import it.unimi.dsi.fastutil.floats.FloatArrayList;
import java.lang.foreign.MemorySegment;

/**
 * Floats read straight from a mapping. A copy is of this class as well: a third one would make
 * every call that has seen a heap list, a mapped one and a copy a virtual call.
 */
final class MappedFloatList extends MappedFloats {
  private final MemorySegment values;

  MappedFloatList(MemorySegment values, int size) {
    this(values, size, false);
  }

  private MappedFloatList(MemorySegment values, int size, boolean isCopy) {
    super(size, isCopy);
    this.values = values;
  }

  @Override
  public float getFloat(int index) {
    return isOwned() ? owned(index) : values.get(Layouts.FLOAT, (long) index << 2);
  }

  @Override
  public void getElements(int from, float[] target, int offset, int length) {
    if (isOwned()) {
      System.arraycopy(a, from, target, offset, length);
    } else {
      MemorySegment.copy(values, Layouts.FLOAT, (long) from << 2, target, offset, length);
    }
  }

  @Override
  public FloatArrayList clone() {
    return isOwned()
        ? FloatArrayList.wrap(toFloatArray())
        : new MappedFloatList(values, size, true);
  }
}
