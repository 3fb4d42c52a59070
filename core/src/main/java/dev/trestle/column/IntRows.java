package dev.trestle.column;

import dev.trestle.store.Layouts;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Ints, stored as they are or in another unit. */
final class IntRows extends FixedRows {
  private final IntArrayList values;
  private final @Nullable Conversion conversion;
  private int[] array = {};
  private int start;
  private int[] block = {};

  /** From Tablesaw's packing to the file's unit: in place, as only then loops are vectorised. */
  @FunctionalInterface
  interface Conversion {
    void convert(int[] values, int count);
  }

  /**
   * @param conversion null for values that are stored as they are
   */
  IntRows(IntArrayList values, @Nullable Conversion conversion) {
    super(values.size(), Integer.BYTES);
    this.values = values;
    this.conversion = conversion;
  }

  @Override
  void load(int from, int count) {
    if (values.getClass() == IntArrayList.class) {
      array = values.elements();
      start = from;
    } else {
      array = array.length == 0 ? new int[blockRows()] : array;
      values.getElements(from, array, 0, count);
    }
  }

  @Override
  long present(int first, int count) {
    int at = start + first;
    long bits = 0;
    for (int i = 0; i < count; i++) {
      bits |= (array[at + i] != Integer.MIN_VALUE ? 1L : 0L) << i;
    }
    return bits;
  }

  @Override
  void put(int count, MemorySegment target) {
    if (conversion == null) {
      MemorySegment.copy(array, start, target, Layouts.INT, 0, count);
      return;
    }
    block = block.length == 0 ? new int[blockRows()] : block;
    System.arraycopy(array, start, block, 0, count);
    conversion.convert(block, count);
    MemorySegment.copy(block, 0, target, Layouts.INT, 0, count);
  }
}
