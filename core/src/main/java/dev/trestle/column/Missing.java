package dev.trestle.column;

import dev.trestle.store.Bytes;
import dev.trestle.store.ColumnPayload;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Which rows are missing, as every other Arrow reader wants to know it.
 *
 * @param count how many, or {@link ColumnPayload#UNKNOWN}
 * @param bitmap one bit a row, zero for missing; no bytes if none is
 */
record Missing(long count, Bytes bitmap) {
  static final Missing NONE = new Missing(0, Bytes.NONE);

  /** To be found while the values are written. */
  static final Missing UNKNOWN = new Missing(ColumnPayload.UNKNOWN, Bytes.NONE);

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Looks for missing rows in one block after the other. For one thread. */
  static final class Search {
    private final int rows;
    private byte[] bitmap = {}; // until the first one is missing
    private long count;

    Search(int rows) {
      this.rows = rows;
    }

    /**
     * Looks at a block that was just loaded.
     *
     * @param from its first row, a multiple of 64
     */
    void look(FixedRows block, int from, int length) {
      for (int i = 0; i < length; i += Long.SIZE) {
        int bits = Math.min(Long.SIZE, length - i);
        long present = block.present(i, bits);
        int missing = bits - Long.bitCount(present);
        if (missing > 0) {
          if (count == 0) {
            bitmap = allSet(rows);
          }
          WORDS.set(bitmap, (from + i) / Byte.SIZE, present);
          count += missing;
        }
      }
    }

    Missing found() {
      return count == 0 ? NONE : of(count, bitmap, rows);
    }
  }

  /** Looks at all rows once. */
  static Missing of(FixedRows rows) {
    var search = new Search(rows.rows());
    for (int from = 0; from < rows.rows(); from += FixedRows.BLOCK) {
      int length = Math.min(FixedRows.BLOCK, rows.rows() - from);
      rows.load(from, length);
      search.look(rows, from, length);
    }
    return search.found();
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
