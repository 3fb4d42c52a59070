package dev.trestle.column;

import dev.trestle.store.Layouts;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.lang.foreign.MemorySegment;
import java.util.function.LongUnaryOperator;

/** Longs, each stored as the operator says. */
final class LongRows extends FixedRows {
  private final LongArrayList values;
  private final LongUnaryOperator stored;
  private final long[] block = new long[BLOCK];

  LongRows(LongArrayList values, LongUnaryOperator stored) {
    super(values.size(), Long.BYTES);
    this.values = values;
    this.stored = stored;
  }

  @Override
  int load(int from, int count) {
    values.getElements(from, block, 0, count);
    int missing = 0;
    for (int i = 0; i < count; i++) {
      missing += block[i] == Long.MIN_VALUE ? 1 : 0;
    }
    return missing;
  }

  @Override
  void clearMissing(int from, int count, byte[] bitmap) {
    for (int i = 0; i < count; i++) {
      if (block[i] == Long.MIN_VALUE) {
        Missing.clear(bitmap, from + i);
      }
    }
  }

  @Override
  void put(int count, MemorySegment target) {
    for (int i = 0; i < count; i++) {
      block[i] = stored.applyAsLong(block[i]);
    }
    MemorySegment.copy(block, 0, target, Layouts.LONG, 0, count);
  }
}
