package dev.trestle.column;

import dev.trestle.store.Layouts;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.lang.foreign.MemorySegment;

/** Milliseconds of the day in the mapping, read as Tablesaw's packed times. */
final class MappedTimeList extends MappedInts {
  private final MemorySegment millis;

  MappedTimeList(MemorySegment millis, int size) {
    this(millis, size, false);
  }

  private MappedTimeList(MemorySegment millis, int size, boolean isCopy) {
    super(size, isCopy);
    this.millis = millis;
  }

  @Override
  public int getInt(int index) {
    return isOwned() ? owned(index) : Packed.time(millis.get(Layouts.INT, (long) index << 2));
  }

  @Override
  public void getElements(int from, int[] target, int offset, int length) {
    if (isOwned()) {
      System.arraycopy(a, from, target, offset, length);
      return;
    }
    MemorySegment.copy(millis, Layouts.INT, (long) from << 2, target, offset, length);
    for (int i = offset; i < offset + length; i++) {
      target[i] = Packed.time(target[i]);
    }
  }

  @Override
  public IntArrayList clone() {
    return isOwned() ? IntArrayList.wrap(toIntArray()) : new MappedTimeList(millis, size, true);
  }
}
