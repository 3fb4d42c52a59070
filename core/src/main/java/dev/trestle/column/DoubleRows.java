package dev.trestle.column;

import dev.trestle.store.Layouts;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import java.lang.foreign.MemorySegment;

/** Doubles, stored as they are. */
final class DoubleRows extends FixedRows {
  private final DoubleArrayList values;
  private double[] array = {};
  private int start;

  DoubleRows(DoubleArrayList values) {
    super(values.size(), Double.BYTES);
    this.values = values;
  }

  @Override
  void load(int from, int count) {
    if (values.getClass() == DoubleArrayList.class) {
      array = values.elements();
      start = from;
    } else {
      array = array.length == 0 ? new double[blockRows()] : array;
      values.getElements(from, array, 0, count);
    }
  }

  @Override
  long present(int first, int count) {
    int at = start + first;
    long bits = 0;
    for (int i = 0; i < count; i++) {
      bits |= (!Double.isNaN(array[at + i]) ? 1L : 0L) << i;
    }
    return bits;
  }

  @Override
  void put(int count, MemorySegment target) {
    MemorySegment.copy(array, start, target, Layouts.DOUBLE, 0, count);
  }
}
