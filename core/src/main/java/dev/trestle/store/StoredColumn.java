package dev.trestle.store;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of a committed table, as mapped: the counterpart of {@link ColumnPayload}.
 *
 * <p>The segments are read-only, may be read by any thread, and keep the mapping alive.
 *
 * @param name the column's name
 * @param kind what it holds
 * @param missing how many values are missing
 * @param buffers as in {@link ColumnPayload#buffers()}; the validity bitmap has no bytes when
 *     nothing is missing
 * @param dictionary the distinct strings of a {@link ColumnKind#STRING} column, else null
 */
public record StoredColumn(
    String name,
    ColumnKind kind,
    long missing,
    List<MemorySegment> buffers,
    @Nullable Dictionary dictionary) {

  public StoredColumn {
    buffers = List.copyOf(buffers);
  }

  /** The validity bitmap, one bit a row, least significant first; empty if nothing is missing. */
  public MemorySegment validity() {
    return buffers.get(0);
  }

  /** The values, codes, bits, or (for {@link ColumnKind#TEXT}) the offsets. */
  public MemorySegment values() {
    return buffers.get(1);
  }

  /** The UTF-8 bytes of a {@link ColumnKind#TEXT} column. */
  public MemorySegment text() {
    return buffers.get(2);
  }

  /** The strings that the codes of a column point at. */
  public record Dictionary(int codeWidth, int entries, MemorySegment offsets, MemorySegment text) {}
}
