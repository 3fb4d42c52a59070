package dev.trestle.column;

import dev.trestle.store.Layouts;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Strings in a mapping: UTF-8 with 64-bit offsets.
 *
 * <p>A small pool keeps each string that was asked for, so that a column gives the same instance
 * every time and comparing is cheap; a large one decodes anew, so that attaching a table does not
 * slowly copy it to the heap.
 */
final class StringPool {
  private static final int KEPT = 1 << 16;

  private final MemorySegment offsets;
  private final MemorySegment text;
  private final int size;
  private final @Nullable String @Nullable [] kept;

  StringPool(MemorySegment offsets, MemorySegment text, int size) {
    this.offsets = offsets;
    this.text = text;
    this.size = size;
    this.kept = size <= KEPT ? new String[size] : null;
  }

  int size() {
    return size;
  }

  String get(int index) {
    if (kept == null) {
      return decode(index);
    }
    String known = kept[index];
    if (known == null) {
      // A race decodes twice; strings are immutable, either is right.
      known = decode(index);
      kept[index] = known;
    }
    return known;
  }

  boolean isEmpty(int index) {
    return offset(index) == offset(index + 1);
  }

  /** The first index of a string from some index on, or -1: looks at each, without decoding. */
  int indexOf(String value, int from) {
    MemorySegment wanted = MemorySegment.ofArray(value.getBytes(StandardCharsets.UTF_8));
    for (int i = from; i < size; i++) {
      long start = offset(i);
      if (offset(i + 1) - start == wanted.byteSize()
          && text.asSlice(start, wanted.byteSize()).mismatch(wanted) == -1) {
        return i;
      }
    }
    return -1;
  }

  private String decode(int index) {
    long start = offset(index);
    // Sliced first: a damaged offset must not decide how much is allocated.
    MemorySegment utf8 = text.asSlice(start, offset(index + 1) - start);
    return new String(utf8.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
  }

  private long offset(int index) {
    return offsets.get(Layouts.LONG, (long) index << 3);
  }
}
