package dev.trestle.store;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Strings in a mapping: UTF-8 in one of Arrow's layouts.
 *
 * @param size how many strings
 * @param layout how they lie
 * @param index the offsets (size + 1 of them) or the views (16 bytes each)
 * @param bytes one segment of UTF-8; for views as many as the file has, perhaps none
 */
public record StoredText(long size, Layout layout, MemorySegment index, List<MemorySegment> bytes) {

  /** No strings. */
  static final StoredText NONE =
      new StoredText(
          0,
          Layout.OFFSETS_64,
          MemorySegment.ofArray(new byte[Long.BYTES]).asReadOnly(),
          List.of(MemorySegment.NULL));

  public StoredText {
    bytes = List.copyOf(bytes);
  }

  /** See "Variable-size Binary Layout" and "View Layout" in the Arrow columnar format. */
  public enum Layout {
    /** 32-bit offsets: utf8. */
    OFFSETS_32,
    /** 64-bit offsets: large_utf8, what this store writes. */
    OFFSETS_64,
    /** Views: utf8_view. Up to 12 bytes lie in the view itself. */
    VIEWS
  }

  /** What it takes in its file. */
  long byteSize() {
    return index.byteSize() + bytes.stream().mapToLong(MemorySegment::byteSize).sum();
  }

  /**
   * The UTF-8 of one string.
   *
   * @throws DamagedTableException if it does not lie in the file
   */
  public MemorySegment utf8(long at) {
    if (layout == Layout.VIEWS) {
      long view = at << 4;
      int length = index.get(Layouts.INT, view);
      if (length <= 12) {
        return index.asSlice(view + 4, length);
      }
      return bytes
          .get(index.get(Layouts.INT, view + 8))
          .asSlice(index.get(Layouts.INT, view + 12), length);
    }
    try {
      long start = start(at);
      return bytes.getFirst().asSlice(start, start(at + 1) - start);
    } catch (IndexOutOfBoundsException e) {
      throw MappingFault.damaged(
          index, "string %,d of %,d does not lie in its text".formatted(at, size));
    }
  }

  /** How many bytes of UTF-8 one string has. */
  public long length(long at) {
    return layout == Layout.VIEWS ? index.get(Layouts.INT, at << 4) : start(at + 1) - start(at);
  }

  /** One string, decoded anew at each call. */
  public String decode(long at) {
    // A slice first: a damaged length must not decide how much is allocated.
    return new String(utf8(at).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
  }

  /** Where a string begins, if they have offsets. */
  long start(long at) {
    return layout == Layout.OFFSETS_64
        ? index.get(Layouts.LONG, at << 3)
        : index.get(Layouts.INT, at << 2);
  }
}
