package dev.trestle.store;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The part of a column that lies in one record batch, as mapped.
 *
 * <p>The segments are read-only, may be read by any thread, keep the mapping alive, and were
 * checked when the file was opened: they are long enough for the rows. In a foreign file each row
 * was looked at when it was mapped: offsets, views and codes of values that are not missing point
 * to where there is text. In one of the store's own they are as the commit wrote them; should it be
 * damaged, reading such a row is an {@link IndexOutOfBoundsException}.
 */
public sealed interface Chunk {
  /** How many rows. */
  long rows();

  /** How many values are missing. */
  long missing();

  /**
   * Whether missing values also have Tablesaw's sentinel in their slot (see {@link ColumnKind}), so
   * that nobody need look at the validity bitmap; true as well where nothing is missing.
   */
  boolean sentinels();

  /** One bit a row, least significant first, zero for missing; no bytes if nothing is missing. */
  MemorySegment validity();

  /**
   * Numbers, dates, times or bits.
   *
   * @param values rows x {@link ColumnKind#width()} bytes; for {@link ColumnKind#BOOLEAN} one bit a
   *     row
   */
  record Values(
      long rows, long missing, boolean sentinels, MemorySegment validity, MemorySegment values)
      implements Chunk {}

  /**
   * Codes into a dictionary.
   *
   * @param codes rows x width bytes, signed
   * @param width bytes a code: 1, 2 or 4
   * @param dictionary the distinct strings; may be shared with other chunks
   */
  record Codes(
      long rows,
      long missing,
      boolean sentinels,
      MemorySegment validity,
      MemorySegment codes,
      int width,
      StoredText dictionary)
      implements Chunk {

    /** The code of a row, whether the value is missing or not. */
    public int code(long row) {
      return switch (width) {
        case 1 -> codes.get(ValueLayout.JAVA_BYTE, row);
        case 2 -> codes.get(Layouts.SHORT, row << 1);
        default -> codes.get(Layouts.INT, row << 2);
      };
    }
  }

  /**
   * Strings, row by row.
   *
   * @param text as many strings as there are rows
   */
  record Text(long rows, long missing, boolean sentinels, MemorySegment validity, StoredText text)
      implements Chunk {}
}
