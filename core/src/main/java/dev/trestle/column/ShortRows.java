package dev.trestle.column;

import dev.trestle.store.Layouts;
import it.unimi.dsi.fastutil.shorts.ShortArrayList;
import java.lang.foreign.MemorySegment;

/** Shorts, stored as they are. */
final class ShortRows extends FixedRows {
  private final ShortArrayList values;
  private short[] array = {};
  private int start;

  ShortRows(ShortArrayList values) {
    super(values.size(), Short.BYTES);
    this.values = values;
  }

  @Override
  void load(int from, int count) {
    if (values.getClass() == ShortArrayList.class) {
      array = values.elements();
      start = from;
    } else {
      array = array.length == 0 ? new short[blockRows()] : array;
      values.getElements(from, array, 0, count);
    }
  }

  @Override
  long present(int first, int count) {
    int at = start + first;
    long bits = 0;
    for (int i = 0; i < count; i++) {
      bits |= (array[at + i] != Short.MIN_VALUE ? 1L : 0L) << i;
    }
    return bits;
  }

  @Override
  void put(int count, MemorySegment target) {
    MemorySegment.copy(array, start, target, Layouts.SHORT, 0, count);
  }
}
