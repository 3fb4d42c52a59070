package dev.trestle.column;

import dev.trestle.store.Layouts;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.lang.foreign.MemorySegment;

/**
 * Ints read straight from a mapping. A copy is of this class as well: a third one would make every
 * call that has seen a heap list, a mapped one and a copy a virtual call.
 */
final class MappedIntList extends MappedInts {
  private final MemorySegment values;

  MappedIntList(MemorySegment values, int size) {
    this(values, size, false);
  }

  private MappedIntList(MemorySegment values, int size, boolean isCopy) {
    super(size, isCopy);
    this.values = values;
  }

  @Override
  public int getInt(int index) {
    return isOwned() ? owned(index) : values.get(Layouts.INT, (long) index << 2);
  }

  @Override
  public void getElements(int from, int[] target, int offset, int length) {
    if (isOwned()) {
      System.arraycopy(a, from, target, offset, length);
    } else {
      MemorySegment.copy(values, Layouts.INT, (long) from << 2, target, offset, length);
    }
  }

  @Override
  public IntArrayList clone() {
    return isOwned() ? IntArrayList.wrap(toIntArray()) : new MappedIntList(values, size, true);
  }
}
