package dev.trestle.column;

import dev.trestle.store.Bytes;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Which rows are missing, as every other Arrow reader wants to know it.
 *
 * @param count how many
 * @param bitmap one bit a row, zero for missing; no bytes if none is
 */
record Missing(long count, Bytes bitmap) {
  private static final Missing NONE = new Missing(0, Bytes.NONE);

  /** Looks at all rows once; room for the bitmap is only taken when the first one is missing. */
  static Missing of(FixedRows rows) {
    var bits = new Bits(rows.rows());
    for (int from = 0; from < rows.rows(); from += FixedRows.BLOCK) {
      int count = Math.min(FixedRows.BLOCK, rows.rows() - from);
      int missing = rows.load(from, count);
      if (missing > 0) {
        bits.clear(from, count, missing, rows::isMissing);
      }
    }
    return bits.missing();
  }

  /** As many rows as are said to be missing. */
  static Missing of(int rows, int count, IntPredicate isMissing) {
    if (count == 0) {
      return NONE;
    }
    var bits = new Bits(rows);
    bits.clear(0, rows, count, isMissing);
    return bits.missing();
  }

  private static final class Bits {
    private final int rows;
    private long count;
    private byte[] bytes = {};

    Bits(int rows) {
      this.rows = rows;
    }

    void clear(int from, int length, int missing, IntPredicate isMissing) {
      if (count == 0) {
        bytes = new byte[(int) (((long) rows + Byte.SIZE - 1) / Byte.SIZE)];
        Arrays.fill(bytes, (byte) -1);
        if (rows % Byte.SIZE != 0) {
          bytes[bytes.length - 1] = (byte) ((1 << rows % Byte.SIZE) - 1);
        }
      }
      count += missing;
      for (int i = 0; i < length; i += Byte.SIZE) {
        int cleared = 0;
        for (int bit = 0; bit < Math.min(Byte.SIZE, length - i); bit++) {
          cleared |= isMissing.test(i + bit) ? 1 << bit : 0;
        }
        bytes[(from + i) / Byte.SIZE] &= (byte) ~cleared;
      }
    }

    Missing missing() {
      return count == 0 ? NONE : new Missing(count, Bytes.of(MemorySegment.ofArray(bytes)));
    }
  }
}
