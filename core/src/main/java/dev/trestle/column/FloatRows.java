package dev.trestle.column;

import dev.trestle.store.Layouts;
import it.unimi.dsi.fastutil.floats.FloatArrayList;
import java.lang.foreign.MemorySegment;

/** Floats, stored as they are. */
final class FloatRows extends FixedRows {
  private final FloatArrayList values;
  private final float[] block = new float[BLOCK];

  FloatRows(FloatArrayList values) {
    super(values.size(), Float.BYTES);
    this.values = values;
  }

  @Override
  int load(int from, int count) {
    values.getElements(from, block, 0, count);
    int missing = 0;
    for (int i = 0; i < count; i++) {
      missing += Float.isNaN(block[i]) ? 1 : 0;
    }
    return missing;
  }

  @Override
  void clearMissing(int from, int count, byte[] bitmap) {
    for (int i = 0; i < count; i++) {
      if (Float.isNaN(block[i])) {
        Missing.clear(bitmap, from + i);
      }
    }
  }

  @Override
  void put(int count, MemorySegment target) {
    MemorySegment.copy(block, 0, target, Layouts.FLOAT, 0, count);
  }
}
