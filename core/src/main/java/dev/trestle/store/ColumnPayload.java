package dev.trestle.store;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole column, ready to be written: its schema and its buffers in Arrow's order.
 *
 * @param name the column's name
 * @param kind what it holds
 * @param missing how many values are missing; or {@link #UNKNOWN}, with an empty validity bitmap,
 *     of which the store learns when the buffers have been written
 * @param buffers for most kinds the validity bitmap and the values (or codes, or bits); for {@link
 *     ColumnKind#TEXT} the validity bitmap, rows + 1 offsets of 8 bytes, and the UTF-8 bytes. The
 *     validity bitmap is empty when nothing is missing, else rows / 8 bytes rounded up
 * @param dictionary the distinct strings of a {@link ColumnKind#STRING} column, else null
 */
public record ColumnPayload(
    String name,
    ColumnKind kind,
    long missing,
    List<Bytes> buffers,
    @Nullable Dictionary dictionary) {

  /** Missing values of this column will be found while its values are written. */
  public static final long UNKNOWN = -1;

  public ColumnPayload {
    buffers = List.copyOf(buffers);
  }

  /**
   * The distinct strings that a column's codes point at.
   *
   * @param codeWidth bytes a code: 1, 2 or 4, signed, the narrowest that fits
   * @param entries how many strings
   * @param offsets entries + 1 offsets of 8 bytes into the text
   * @param text the strings in UTF-8, one after the other
   */
  public record Dictionary(int codeWidth, int entries, Bytes offsets, Bytes text) {
    /** The narrowest signed index, in bytes, that can number that many entries. */
    public static int narrowestCode(int entries) {
      return entries <= 1 << 7 ? 1 : entries <= 1 << 15 ? 2 : 4;
    }

    /**
     * The dictionary of the given strings, with the narrowest codes; encoded when it is written.
     */
    public static Dictionary of(List<String> entries) {
      return new Dictionary(
          narrowestCode(entries.size()),
          entries.size(),
          new TextOffsets(entries.size(), entries::get),
          new TextBytes(entries.size(), entries::get));
    }

    /** Puts a code of the given width. */
    public static void putCode(ByteBuffer out, int width, int code) {
      switch (width) {
        case 1 -> out.put((byte) code);
        case 2 -> out.putShort((short) code);
        default -> out.putInt(code);
      }
    }
  }
}
