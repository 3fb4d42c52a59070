package dev.trestle.column;

import dev.trestle.store.Layouts;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import java.lang.foreign.MemorySegment;

/** Doubles, stored as they are. */
final class DoubleRows extends FixedRows {
  private final DoubleArrayList values;
  private final double[] block = new double[BLOCK];

  DoubleRows(DoubleArrayList values) {
    super(values.size(), Double.BYTES);
    this.values = values;
  }

  @Override
  int load(int from, int count) {
    values.getElements(from, block, 0, count);
    int missing = 0;
    for (int i = 0; i < count; i++) {
      missing += Double.isNaN(block[i]) ? 1 : 0;
    }
    return missing;
  }

  @Override
  void clearMissing(int from, int count, byte[] bitmap) {
    for (int i = 0; i < count; i++) {
      if (Double.isNaN(block[i])) {
        Missing.clear(bitmap, from + i);
      }
    }
  }

  @Override
  void put(int count, MemorySegment target) {
    MemorySegment.copy(block, 0, target, Layouts.DOUBLE, 0, count);
  }
}
