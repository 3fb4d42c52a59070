package dev.trestle.store;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.LongPredicate;

/** Numbers, dates, times or bits of another type, or compressed; missing ones get the sentinel. */
final class ConvertedValues extends ConvertedColumn {
  private final ColumnKind kind;
  private final ValueBits bits;

  ConvertedValues(ArrowFileReader file, int index, ColumnKind kind, Inflater inflater) {
    super(file, index, inflater);
    this.kind = kind;
    this.bits = ValueBits.of(values.type());
  }

  @Override
  LongPredicate present(RawColumn opened) {
    MemorySegment validity = reader().validity(opened).bits();
    return at -> TextCheck.isPresent(validity, at);
  }

  @Override
  ColumnPayload payload() throws IOException {
    long missing = missingByBitmap();
    Bytes buffer =
        kind == ColumnKind.BOOLEAN
            ? bits(opened -> {
              MemorySegment booleans = reader().values(opened, 1).values();
              return at -> TextCheck.isPresent(booleans, at);
            })
            : bytes(rows() * kind.width(), this::writeValues);
    return new ColumnPayload(field.name(), kind, missing, List.of(validity(missing), buffer), null);
  }

  private void writeValues(ChunkWriter out) throws IOException {
    forEachBatch(batch -> {
      Chunk.Values chunk = reader().values(batch.values(), bits.width());
      batch.forEachRun((at, times) -> {
        long value =
            TextCheck.isPresent(chunk.validity(), at)
                ? converted(bits, chunk.values(), at, kind)
                : sentinel(kind);
        put(out, kind, value, times);
      });
    });
  }

  static void put(ChunkWriter out, ColumnKind kind, long bits, long times) throws IOException {
    for (long left = times; left > 0; left--) {
      switch (kind.width()) {
        case Short.BYTES -> out.room(Short.BYTES).putShort((short) bits);
        case Integer.BYTES -> out.room(Integer.BYTES).putInt((int) bits);
        default -> out.room(Long.BYTES).putLong(bits);
      }
    }
  }

  /** What stands for a missing value. */
  static long sentinel(ColumnKind kind) {
    return switch (kind) {
      case SHORT -> Short.MIN_VALUE;
      case INT, DATE, TIME -> Integer.MIN_VALUE;
      case FLOAT -> Float.floatToRawIntBits(Float.NaN);
      case DOUBLE -> Double.doubleToRawLongBits(Double.NaN);
      default -> Long.MIN_VALUE;
    };
  }
}
