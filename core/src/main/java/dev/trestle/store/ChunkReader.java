package dev.trestle.store;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Checks the buffers of a column's part and gives them as a {@link Chunk}; nothing is copied.
 *
 * <p>Of a file that is not known yet, each row is looked at: offsets, views, codes, validity bits.
 */
final class ChunkReader {
  private final ArrowSource source;
  private final ArrowField field;

  ChunkReader(ArrowSource source, ArrowField field) {
    this.source = source;
    this.field = field;
  }

  /** The validity bitmap and how many values are missing by it. */
  record Validity(MemorySegment bits, long missing) {}

  /** Numbers, dates, times or bits. */
  Chunk.Values values(RawColumn raw, ColumnKind kind) {
    return values(raw, kind == ColumnKind.BOOLEAN ? 1 : kind.width() * Byte.SIZE);
  }

  /** Values of a fixed width in bits. */
  Chunk.Values values(RawColumn raw, int width) {
    Validity validity = validity(raw);
    MemorySegment values = raw.buffers().get(1);
    long bytes = bytes(Math.multiplyExact(raw.rows(), width));
    checkSize("values", values, bytes);
    return new Chunk.Values(
        raw.rows(), validity.missing, sentinels(validity), validity.bits, values.asSlice(0, bytes));
  }

  /** Strings, row by row. */
  Chunk.Text text(RawColumn raw, StoredText.Layout layout) {
    Validity validity = validity(raw);
    StoredText text = strings(raw, layout, validity.bits);
    return new Chunk.Text(raw.rows(), validity.missing, sentinels(validity), validity.bits, text);
  }

  /** Codes that point into a dictionary. */
  Chunk.Codes codes(RawColumn raw, int width, StoredText dictionary) {
    Validity validity = validity(raw);
    long bytes = Math.multiplyExact(raw.rows(), width);
    MemorySegment codes = raw.buffers().get(1);
    checkSize("codes", codes, bytes);
    var chunk =
        new Chunk.Codes(
            raw.rows(),
            validity.missing,
            sentinels(validity),
            validity.bits,
            codes.asSlice(0, bytes),
            width,
            dictionary);
    if (source.isUnknown()) {
      checkCodes(chunk);
    }
    return chunk;
  }

  private void checkCodes(Chunk.Codes chunk) {
    long size = chunk.dictionary().size();
    for (long row = 0; row < chunk.rows(); row++) {
      int code = chunk.code(row);
      if ((code < 0 || code >= size) && TextCheck.isPresent(chunk.validity(), row)) {
        throw damaged(
            "row %,d of a batch has code %d, and the dictionary has %,d entries"
                .formatted(row, code, size));
      }
    }
  }

  /** The validity bitmap, without bytes if nothing is missing. */
  Validity validity(RawColumn raw) {
    long claimed = raw.nullCount();
    if (claimed == 0) {
      return new Validity(MemorySegment.NULL, 0); // whatever the bitmap says, as Arrow has it
    }
    MemorySegment bits = raw.buffers().getFirst();
    checkSize("validity bitmap", bits, bytes(raw.rows()));
    // Some writers claim -1 for "not counted".
    long missing =
        source.origin() == ArrowSource.Origin.OURS
            ? claimed
            : raw.rows() - ArrowSource.countBits(bits, raw.rows());
    if (missing < 0 || missing > raw.rows()) {
      throw damaged("%,d of %,d values are missing".formatted(missing, raw.rows()));
    }
    return new Validity(missing == 0 ? MemorySegment.NULL : bits, missing);
  }

  private StoredText strings(RawColumn raw, StoredText.Layout layout, MemorySegment validity) {
    long size = raw.rows();
    MemorySegment index = raw.buffers().get(1);
    List<MemorySegment> text = raw.buffers().subList(2, raw.buffers().size());
    if (layout == StoredText.Layout.VIEWS) {
      checkSize("views", index, Math.multiplyExact(size, 16L));
      if (source.isUnknown() && !TextCheck.views(index, validity, size, text)) {
        throw damaged("a view points out of its text");
      }
      return new StoredText(size, layout, index, text);
    }
    if (size == 0 && index.byteSize() == 0) {
      return StoredText.NONE; // Arrow allows an empty column no offset at all
    }
    int width = layout == StoredText.Layout.OFFSETS_32 ? Integer.BYTES : Long.BYTES;
    checkSize("offsets", index, Math.multiplyExact(Math.addExact(size, 1), width));
    if (!ascend(index, layout, size, text.getFirst().byteSize())) {
      throw damaged("its offsets do not ascend, or leave its text");
    }
    return new StoredText(size, layout, index, text);
  }

  private boolean ascend(MemorySegment index, StoredText.Layout layout, long size, long bytes) {
    if (!source.isUnknown()) {
      var text = new StoredText(size, layout, index, List.of(MemorySegment.NULL));
      return text.start(0) >= 0 && text.start(size) <= bytes;
    }
    return layout == StoredText.Layout.OFFSETS_32
        ? TextCheck.offsets32(index, size, bytes)
        : TextCheck.offsets64(index, size, bytes);
  }

  private boolean sentinels(Validity validity) {
    return validity.missing == 0 || (source.origin() == ArrowSource.Origin.OURS && field.ours());
  }

  private static long bytes(long bits) {
    return (bits >>> 3) + ((bits & 7) == 0 ? 0 : 1);
  }

  private void checkSize(String what, MemorySegment found, long wanted) {
    if (found.byteSize() < wanted) {
      throw damaged(
          "its %s: %,d bytes, and %,d are needed".formatted(what, found.byteSize(), wanted));
    }
  }

  private StoreException damaged(String how) {
    return source.damaged("column '%s': %s".formatted(field.name(), how));
  }
}
