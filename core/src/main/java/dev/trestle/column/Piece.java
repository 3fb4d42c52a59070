package dev.trestle.column;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A run of a view's rows that lie in one chunk.
 *
 * @param from the first row, counted in the view
 * @param to the row after the last
 * @param shift what to add to a row of the view to get the row of the chunk
 * @param number the number of the piece in its view
 * @param chunk the number of the chunk in its column
 * @param values the chunk's values, codes, bits, or what its text is found by
 * @param validity the chunk's bitmap if missing values can be told by nothing else
 */
record Piece(
    int from,
    int to,
    long shift,
    int number,
    int chunk,
    MemorySegment values,
    @Nullable MemorySegment validity) {

  /** A row of the view, counted in the chunk. */
  long index(int row) {
    return row + shift;
  }

  /** Whether the bitmap, if it matters, says so. */
  boolean isMissing(int row) {
    return validity != null && !MappedBooleans.isSet(validity, row + shift);
  }
}
