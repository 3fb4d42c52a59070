package dev.trestle.store;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Looks at every offset and every view of a text, once, so that nobody need do it again.
 *
 * <p>UTF-8 that is none is not found: decoding replaces it, as Java does everywhere.
 */
final class TextCheck {
  /** Strings of up to so many bytes lie in the view itself. */
  private static final int INLINE = 12;

  private TextCheck() {}

  /** Whether the offsets of so many strings ascend, within so many bytes of text. */
  static boolean offsets32(MemorySegment offsets, long count, long textBytes) {
    int previous = offsets.get(Layouts.INT, 0);
    int signs = previous;
    for (long i = 1; i <= count; i++) {
      int offset = offsets.get(Layouts.INT, i << 2);
      // No branch in the loop: one sign bit for a negative offset or a step back is enough. Two
      // offsets that are not negative have a difference that does not overflow.
      signs |= offset | (offset - previous);
      previous = offset;
    }
    return signs >= 0 && previous <= textBytes;
  }

  /** As {@link #offsets32}, for 64-bit offsets. */
  static boolean offsets64(MemorySegment offsets, long count, long textBytes) {
    long previous = offsets.get(Layouts.LONG, 0);
    long signs = previous;
    for (long i = 1; i <= count; i++) {
      long offset = offsets.get(Layouts.LONG, i << 3);
      signs |= offset | (offset - previous);
      previous = offset;
    }
    return signs >= 0 && previous <= textBytes;
  }

  /**
   * Whether all views point into the text.
   *
   * @param validity the views of missing values are not looked at: anything may be in them
   */
  static boolean views(
      MemorySegment views, MemorySegment validity, long count, List<MemorySegment> text) {
    long[] sizes = text.stream().mapToLong(MemorySegment::byteSize).toArray();
    for (long i = 0; i < count; i++) {
      int length = views.get(Layouts.INT, i << 4);
      if ((length < 0 || (length > INLINE && !fits(views, i, length, sizes)))
          && isPresent(validity, i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean fits(MemorySegment views, long at, int length, long[] sizes) {
    int buffer = views.get(Layouts.INT, (at << 4) + 8);
    int offset = views.get(Layouts.INT, (at << 4) + 12);
    return buffer >= 0
        && buffer < sizes.length
        && offset >= 0
        && (long) offset + length <= sizes[buffer];
  }

  /** Whether a value is there; without a bitmap, all are. */
  static boolean isPresent(MemorySegment validity, long row) {
    return validity.byteSize() == 0
        || ((validity.get(ValueLayout.JAVA_BYTE, row >> 3) >> (row & 7)) & 1) != 0;
  }
}
