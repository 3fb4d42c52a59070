package dev.trestle.column;

import dev.trestle.store.Layouts;
import it.unimi.dsi.fastutil.shorts.ShortArrayList;
import java.lang.foreign.MemorySegment;

/** Shorts, stored as they are. */
final class ShortRows extends FixedRows {
  private final ShortArrayList values;
  private final short[] block = new short[BLOCK];

  ShortRows(ShortArrayList values) {
    super(values.size(), Short.BYTES);
    this.values = values;
  }

  @Override
  int load(int from, int count) {
    values.getElements(from, block, 0, count);
    int missing = 0;
    for (int i = 0; i < count; i++) {
      missing += block[i] == Short.MIN_VALUE ? 1 : 0;
    }
    return missing;
  }

  @Override
  void clearMissing(int from, int count, byte[] bitmap) {
    for (int i = 0; i < count; i++) {
      if (block[i] == Short.MIN_VALUE) {
        Missing.clear(bitmap, from + i);
      }
    }
  }

  @Override
  void put(int count, MemorySegment target) {
    MemorySegment.copy(block, 0, target, Layouts.SHORT, 0, count);
  }
}
