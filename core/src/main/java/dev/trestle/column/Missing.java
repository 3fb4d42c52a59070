package dev.trestle.column;

import dev.trestle.store.Bytes;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Which rows are missing, as every other Arrow reader wants to know it.
 *
 * @param count how many
 * @param bitmap one bit a row, zero for missing; no bytes if none is
 */
record Missing(long count, Bytes bitmap) {
  static final Missing NONE = new Missing(0, Bytes.NONE);

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Looks at all rows once; room for the bitmap is only taken when the first one is missing. */
  static Missing of(FixedRows rows) {
    byte[] bitmap = {};
    long count = 0;
    for (int from = 0; from < rows.rows(); from += FixedRows.BLOCK) {
      int length = Math.min(FixedRows.BLOCK, rows.rows() - from);
      rows.load(from, length);
      for (int i = 0; i < length; i += Long.SIZE) {
        int bits = Math.min(Long.SIZE, length - i);
        long present = rows.present(i, bits);
        int missing = bits - Long.bitCount(present);
        if (missing > 0) {
          if (count == 0) {
            bitmap = allSet(rows.rows());
          }
          WORDS.set(bitmap, (from + i) / Byte.SIZE, present);
          count += missing;
        }
      }
    }
    return count == 0 ? NONE : of(count, bitmap, rows.rows());
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
    return of(count, bitmap, rows);
  }

  private static Missing of(long count, byte[] words, int rows) {
    return new Missing(count, Bytes.of(MemorySegment.ofArray(words).asSlice(0, bytes(rows))));
  }

  /** How many bytes a bit a row takes. */
  static int bytes(int rows) {
    return (int) (((long) rows + Byte.SIZE - 1) / Byte.SIZE);
  }

  /** Whole words, the bits behind the last row clear. */
  private static byte[] allSet(int rows) {
    byte[] bitmap = new byte[(int) (((long) rows + Long.SIZE - 1) / Long.SIZE * Long.BYTES)];
    Arrays.fill(bitmap, 0, rows / Byte.SIZE, (byte) -1);
    if (rows % Byte.SIZE != 0) {
      bitmap[rows / Byte.SIZE] = (byte) ((1 << rows % Byte.SIZE) - 1);
    }
    return bitmap;
  }
}
