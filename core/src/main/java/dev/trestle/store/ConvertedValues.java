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
    long missing = countMissing();
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
                ? converted(chunk.values(), row)
                : sentinel();
        switch (kind.width()) {
          case Short.BYTES -> out.room(Short.BYTES).putShort((short) bits);
          case Integer.BYTES -> out.room(Integer.BYTES).putInt((int) bits);
          default -> out.room(Long.BYTES).putLong(bits);
        }
      }
    });
  }

  private long converted(MemorySegment from, long row) {
    try {
      return values.at(from, row);
    } catch (ArithmeticException e) {
      throw new StoreException(
          "column '%s' of %s cannot be converted from %s to %s: %s"
              .formatted(field.name(), source.path(), field.typeName(), kind, e.getMessage()),
          e);
    }
  }

  private long sentinel() {
    return switch (kind) {
      case SHORT -> Short.MIN_VALUE;
      case INT, DATE, TIME -> Integer.MIN_VALUE;
      case FLOAT -> Float.floatToRawIntBits(Float.NaN);
      case DOUBLE -> Double.doubleToRawLongBits(Double.NaN);
      default -> Long.MIN_VALUE;
    };
  }
}
