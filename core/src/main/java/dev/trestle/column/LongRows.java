package dev.trestle.column;

import dev.trestle.store.Layouts;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Longs, stored as they are or in another unit. */
final class LongRows extends FixedRows {
  private final LongArrayList values;
  private final @Nullable Conversion conversion;
  private long[] array = {};
  private int start;
  private long[] block = {};

  /** From Tablesaw's packing to the file's unit: in place, as only then loops are vectorised. */
  @FunctionalInterface
  interface Conversion {
    void convert(long[] values, int count);
  }

  /**
   * @param conversion null for values that are stored as they are
   */
  LongRows(LongArrayList values, @Nullable Conversion conversion) {
    super(values.size(), Long.BYTES);
    this.values = values;
    this.conversion = conversion;
  }

  @Override
  void load(int from, int count) {
    if (values.getClass() == LongArrayList.class) {
      array = values.elements();
      start = from;
    } else {
      array = array.length == 0 ? new long[blockRows()] : array;
      values.getElements(from, array, 0, count);
    }
  }

  @Override
  long present(int first, int count) {
    int at = start + first;
    long bits = 0;
    for (int i = 0; i < count; i++) {
      bits |= (array[at + i] != Long.MIN_VALUE ? 1L : 0L) << i;
    }
    return bits;
  }

  @Override
  void put(int count, MemorySegment target) {
    if (conversion == null) {
      MemorySegment.copy(array, start, target, Layouts.LONG, 0, count);
      return;
    }
    block = block.length == 0 ? new long[blockRows()] : block;
    System.arraycopy(array, start, block, 0, count);
    conversion.convert(block, count);
    MemorySegment.copy(block, 0, target, Layouts.LONG, 0, count);
  }
}
