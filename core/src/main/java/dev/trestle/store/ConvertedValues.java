package dev.trestle.store;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.LongPredicate;

/** Numbers, dates, times or bits of another type, or compressed; missing ones get the sentinel. */
final class ConvertedValues extends ConvertedColumn {
  private final ColumnKind kind;
  private final ValueBits values;

  ConvertedValues(ArrowFileReader file, int index, ColumnKind kind, Inflater inflater) {
    super(file, index, inflater);
    this.kind = kind;
    this.values = ValueBits.of(field.type());
  }

  @Override
  LongPredicate present(RawColumn opened) {
    MemorySegment validity = reader().validity(opened).bits();
    return row -> TextCheck.isPresent(validity, row);
  }

  @Override
  ColumnPayload payload() throws IOException {
    long missing = missingByBitmap();
    Bytes buffer =
        kind == ColumnKind.BOOLEAN
            ? bits(opened -> {
              MemorySegment bits = reader().values(opened, 1).values();
              return row -> TextCheck.isPresent(bits, row);
            })
            : bytes(rows() * kind.width(), this::writeValues);
    return new ColumnPayload(field.name(), kind, missing, List.of(validity(missing), buffer), null);
  }

  private void writeValues(ChunkWriter out) throws IOException {
    forEachBatch(opened -> {
      Chunk.Values chunk = reader().values(opened, values.width());
      for (long row = 0; row < chunk.rows(); row++) {
        long bits =
            TextCheck.isPresent(chunk.validity(), row)
                ? converted(values, chunk.values(), row, kind)
                : sentinel(kind);
        put(out, kind, bits);
      }
    });
  }

  static void put(ChunkWriter out, ColumnKind kind, long bits) throws IOException {
    switch (kind.width()) {
      case Short.BYTES -> out.room(Short.BYTES).putShort((short) bits);
      case Integer.BYTES -> out.room(Integer.BYTES).putInt((int) bits);
      default -> out.room(Long.BYTES).putLong(bits);
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
