package dev.trestle.store;

import dev.trestle.store.ArrowType.Unit;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Reads a value of an Arrow type as the bits of the stored one.
 *
 * @param width bits a value in the file
 */
record ValueBits(int width, Reading reading) {
  private static final long MILLIS_A_DAY = 86_400_000;

  /** Gives the lowest bits that a value of the stored kind has; the others mean nothing. */
  interface Reading {
    long at(MemorySegment values, long row);
  }

  /**
   * One value.
   *
   * @throws ArithmeticException if the stored kind cannot hold it
   */
  long at(MemorySegment values, long row) {
    return reading.at(values, row);
  }

  /** How values of a type are read. */
  static ValueBits of(ArrowType type) {
    return switch (type) {
      case ArrowType.Int(int bits, boolean signed) ->
          new ValueBits(bits, signed ? signed(bits) : unsigned(bits));
      case ArrowType.Floating(int bits) when bits == Short.SIZE ->
          new ValueBits(
              bits,
              (values, row) ->
                  Float.floatToRawIntBits(
                      Float.float16ToFloat(values.get(Layouts.SHORT, row << 1))));
      case ArrowType.Floating(int bits) -> new ValueBits(bits, signed(bits));
      case ArrowType.Bool() -> new ValueBits(1, (values, row) -> 0); // copied as bits
      case ArrowType.Date(boolean days) ->
          days
              ? new ValueBits(Integer.SIZE, signed(Integer.SIZE))
              : new ValueBits(
                  Long.SIZE,
                  (values, row) ->
                      Math.toIntExact(Math.floorDiv(int64(values, row), MILLIS_A_DAY)));
      case ArrowType.Time time -> {
        Reading ticks = signed(time.bits());
        yield new ValueBits(
            time.bits(),
            (values, row) -> Math.toIntExact(milliseconds(ticks.at(values, row), time.unit())));
      }
      case ArrowType.Timestamp(Unit unit, String zone) ->
          new ValueBits(Long.SIZE, (values, row) -> milliseconds(int64(values, row), unit));
      case ArrowType.Decimal decimal when decimal.isWhole() ->
          new ValueBits(
              decimal.bits(),
              (values, row) -> unscaled(values, row, decimal.bits()).longValueExact());
      case ArrowType.Decimal(int bits, int precision, int scale) ->
          new ValueBits(
              bits,
              (values, row) ->
                  Double.doubleToRawLongBits(
                      new BigDecimal(unscaled(values, row, bits), scale).doubleValue()));
      default -> new ValueBits(Long.SIZE, signed(Long.SIZE)); // durations
    };
  }

  private static Reading signed(int bits) {
    return switch (bits) {
      case Byte.SIZE -> (values, row) -> values.get(ValueLayout.JAVA_BYTE, row);
      case Short.SIZE -> (values, row) -> values.get(Layouts.SHORT, row << 1);
      case Integer.SIZE -> (values, row) -> values.get(Layouts.INT, row << 2);
      default -> ValueBits::int64;
    };
  }

  private static Reading unsigned(int bits) {
    return switch (bits) {
      case Byte.SIZE -> (values, row) -> Byte.toUnsignedInt(values.get(ValueLayout.JAVA_BYTE, row));
      case Short.SIZE -> (values, row) -> Short.toUnsignedInt(values.get(Layouts.SHORT, row << 1));
      case Integer.SIZE ->
          (values, row) -> Integer.toUnsignedLong(values.get(Layouts.INT, row << 2));
      default ->
          (values, row) -> {
            long value = int64(values, row);
            if (value < 0) {
              throw new ArithmeticException(
                  "%s is larger than %d".formatted(Long.toUnsignedString(value), Long.MAX_VALUE));
            }
            return value;
          };
    };
  }

  private static long int64(MemorySegment values, long row) {
    return values.get(Layouts.LONG, row << 3);
  }

  private static long milliseconds(long ticks, Unit unit) {
    return unit == Unit.SECOND
        ? Math.multiplyExact(ticks, Unit.MILLI.perSecond)
        : Math.floorDiv(ticks, unit.perSecond / Unit.MILLI.perSecond);
  }

  private static BigInteger unscaled(MemorySegment values, long row, int bits) {
    if (bits <= Long.SIZE) {
      return BigInteger.valueOf(signed(bits).at(values, row));
    }
    int bytes = bits / Byte.SIZE;
    byte[] bigEndian = values.asSlice(row * bytes, bytes).toArray(ValueLayout.JAVA_BYTE);
    for (int i = 0; i < bytes / 2; i++) {
      byte low = bigEndian[i];
      bigEndian[i] = bigEndian[bytes - 1 - i];
      bigEndian[bytes - 1 - i] = low;
    }
    return new BigInteger(bigEndian);
  }
}
