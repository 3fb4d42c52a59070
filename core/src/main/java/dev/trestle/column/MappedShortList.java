package dev.trestle.column;

import dev.trestle.store.Layouts;
import it.unimi.dsi.fastutil.shorts.ShortArrayList;
import java.lang.foreign.MemorySegment;

/**
 * Shorts read straight from a mapping. A copy is of this class as well: a third one would make
 * every call that has seen a heap list, a mapped one and a copy a virtual call.
 */
final class MappedShortList extends MappedShorts {
  private final MemorySegment values;

  MappedShortList(MemorySegment values, int size) {
    this(values, size, false);
  }

  private MappedShortList(MemorySegment values, int size, boolean isCopy) {
    super(size, isCopy);
    this.values = values;
  }

  @Override
  public short getShort(int index) {
    return isOwned() ? owned(index) : values.get(Layouts.SHORT, (long) index << 1);
  }

  @Override
  public void getElements(int from, short[] target, int offset, int length) {
    if (isOwned()) {
      System.arraycopy(a, from, target, offset, length);
    } else {
      MemorySegment.copy(values, Layouts.SHORT, (long) from << 1, target, offset, length);
    }
  }

  @Override
  public ShortArrayList clone() {
    return isOwned()
        ? ShortArrayList.wrap(toShortArray())
        : new MappedShortList(values, size, true);
  }
}
