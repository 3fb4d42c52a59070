package dev.trestle.column;

import dev.trestle.store.Layouts;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.lang.foreign.MemorySegment;

/** Days since 1970 in the mapping, read as Tablesaw's packed dates. */
final class MappedDateList extends MappedInts {
  private final MemorySegment days;

  MappedDateList(MemorySegment days, int size) {
    this(days, size, false);
  }

  private MappedDateList(MemorySegment days, int size, boolean isCopy) {
    super(size, isCopy);
    this.days = days;
  }

  @Override
  public int getInt(int index) {
    return isOwned() ? owned(index) : Packed.date(days.get(Layouts.INT, (long) index << 2));
  }

  @Override
  public void getElements(int from, int[] target, int offset, int length) {
    if (isOwned()) {
      System.arraycopy(a, from, target, offset, length);
      return;
    }
    MemorySegment.copy(days, Layouts.INT, (long) from << 2, target, offset, length);
    for (int i = offset; i < offset + length; i++) {
      target[i] = Packed.date(target[i]);
    }
  }

  @Override
  public IntArrayList clone() {
    return isOwned() ? IntArrayList.wrap(toIntArray()) : new MappedDateList(days, size, true);
  }
}
