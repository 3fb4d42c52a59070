package dev.trestle.column;

import dev.trestle.store.Layouts;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.lang.foreign.MemorySegment;

/**
 * Longs read straight from a mapping. A copy is of this class as well: a third one would make every
 * call that has seen a heap list, a mapped one and a copy a virtual call.
 */
final class MappedLongList extends MappedLongs {
  private final MemorySegment values;

  MappedLongList(MemorySegment values, int size) {
    this(values, size, false);
  }

  private MappedLongList(MemorySegment values, int size, boolean isCopy) {
    super(size, isCopy);
    this.values = values;
  }

  @Override
  public long getLong(int index) {
    return isOwned() ? owned(index) : values.get(Layouts.LONG, (long) index << 3);
  }

  @Override
  public void getElements(int from, long[] target, int offset, int length) {
    if (isOwned()) {
      System.arraycopy(a, from, target, offset, length);
    } else {
      MemorySegment.copy(values, Layouts.LONG, (long) from << 3, target, offset, length);
    }
  }

  @Override
  public LongArrayList clone() {
    return isOwned() ? LongArrayList.wrap(toLongArray()) : new MappedLongList(values, size, true);
  }
}
