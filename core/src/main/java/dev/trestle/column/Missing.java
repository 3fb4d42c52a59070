package dev.trestle.column;

import dev.trestle.store.Bytes;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

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
    byte[] bitmap = {};
    long count = 0;
    for (int from = 0; from < rows.rows(); from += FixedRows.BLOCK) {
      int length = Math.min(FixedRows.BLOCK, rows.rows() - from);
      int missing = rows.load(from, length);
      if (missing > 0) {
        if (count == 0) {
          bitmap = allSet(rows.rows());
        }
        rows.clearMissing(from, length, bitmap);
        count += missing;
      }
    }
    return count == 0 ? NONE : new Missing(count, Bytes.of(MemorySegment.ofArray(bitmap)));
  }

  /** All rows but some. */
  static Missing of(int rows, int count, byte[] missing) {
    if (count == 0) {
      return NONE;
    }
    byte[] bitmap = allSet(rows);
    for (int i = 0; i < missing.length; i++) {
      bitmap[i] &= (byte) ~missing[i];
    }
    return new Missing(count, Bytes.of(MemorySegment.ofArray(bitmap)));
  }

  static void clear(byte[] bitmap, int row) {
    bitmap[row >> 3] &= (byte) ~(1 << (row & 7));
  }

  /** How many bytes a bit a row takes. */
  static int bytes(int rows) {
    return (int) (((long) rows + Byte.SIZE - 1) / Byte.SIZE);
  }

  private static byte[] allSet(int rows) {
    byte[] bitmap = new byte[bytes(rows)];
    Arrays.fill(bitmap, (byte) -1);
    if (rows % Byte.SIZE != 0) {
      bitmap[bitmap.length - 1] = (byte) ((1 << rows % Byte.SIZE) - 1);
    }
    return bitmap;
  }
}
