package dev.trestle.column;

import dev.trestle.store.Layouts;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.lang.foreign.MemorySegment;
import java.util.function.IntUnaryOperator;

/** Ints, each stored as the operator says. */
final class IntRows extends FixedRows {
  private final IntArrayList values;
  private final IntUnaryOperator stored;
  private final int[] block = new int[BLOCK];

  IntRows(IntArrayList values, IntUnaryOperator stored) {
    super(values.size(), Integer.BYTES);
    this.values = values;
    this.stored = stored;
  }

  @Override
  int load(int from, int count) {
    values.getElements(from, block, 0, count);
    int missing = 0;
    for (int i = 0; i < count; i++) {
      missing += block[i] == Integer.MIN_VALUE ? 1 : 0;
    }
    return missing;
  }

  @Override
  void clearMissing(int from, int count, byte[] bitmap) {
    for (int i = 0; i < count; i++) {
      if (block[i] == Integer.MIN_VALUE) {
        Missing.clear(bitmap, from + i);
      }
    }
  }

  @Override
  void put(int count, MemorySegment target) {
    for (int i = 0; i < count; i++) {
      block[i] = stored.applyAsInt(block[i]);
    }
    MemorySegment.copy(block, 0, target, Layouts.INT, 0, count);
  }
}
