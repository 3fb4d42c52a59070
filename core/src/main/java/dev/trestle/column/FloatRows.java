package dev.trestle.column;

import dev.trestle.store.Layouts;
import it.unimi.dsi.fastutil.floats.FloatArrayList;
import java.lang.foreign.MemorySegment;

/** Floats, stored as they are. */
final class FloatRows extends FixedRows {
  private final FloatArrayList values;
  private float[] array = {};
  private int start;

  FloatRows(FloatArrayList values) {
    super(values.size(), Float.BYTES);
    this.values = values;
  }

  @Override
  void load(int from, int count) {
    if (values.getClass() == FloatArrayList.class) {
      array = values.elements();
      start = from;
    } else {
      array = array.length == 0 ? new float[blockRows()] : array;
      values.getElements(from, array, 0, count);
    }
  }

  @Override
  long present(int first, int count) {
    int at = start + first;
    long bits = 0;
    for (int i = 0; i < count; i++) {
      bits |= (!Float.isNaN(array[at + i]) ? 1L : 0L) << i;
    }
    return bits;
  }

  @Override
  void put(int count, MemorySegment target) {
    MemorySegment.copy(array, start, target, Layouts.FLOAT, 0, count);
  }
}
