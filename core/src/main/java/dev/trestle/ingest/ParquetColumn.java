package dev.trestle.ingest;

import dev.trestle.store.ColumnKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UnknownLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * A column of a Parquet file, and what it is read as; see the Parquet format's page on logical
 * types.
 *
 * @param kind what its values become
 * @param newCells makes the cells for them
 */
record ParquetColumn(String name, ColumnKind kind, Supplier<ParquetCells> newCells) {
  private static final int SHORT_DIGITS = 4;
  private static final int INT_DIGITS = 9;
  private static final int LONG_DIGITS = 18;
  private static final long MILLIS_A_DAY = 86_400_000L;
  private static final int JULIAN_EPOCH = 2_440_588; // the Julian day of 1970-01-01
  private static final int EXACT_POWERS = 22; // of ten, in a double
  private static final long EXACT_INTEGERS = 1L << 53;

  /**
   * The column of a field.
   *
   * @throws ParquetException if Tablesaw has no column for it
   */
  static ParquetColumn of(Type field) {
    if (!field.isPrimitive() || field.isRepetition(Type.Repetition.REPEATED)) {
      throw refused(field, "a nested type");
    }
    PrimitiveType type = field.asPrimitiveType();
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> integers(field, ColumnKind.BOOLEAN, v -> v);
      case FLOAT -> integers(field, ColumnKind.FLOAT, v -> v);
      case DOUBLE -> integers(field, ColumnKind.DOUBLE, v -> v);
      case INT32, INT64 -> ofInteger(field, type.getPrimitiveTypeName(), logical);
      case INT96 -> binaries(field, ColumnKind.DATE_TIME, b -> inRange(field, julianMillis(b)));
      case BINARY, FIXED_LEN_BYTE_ARRAY -> ofBytes(field, logical);
    };
  }

  private static ParquetColumn ofInteger(
      Type field, PrimitiveTypeName physical, @Nullable LogicalTypeAnnotation logical) {
    return switch (logical) {
      case null ->
          integers(
              field,
              physical == PrimitiveTypeName.INT32 ? ColumnKind.INT : ColumnKind.LONG,
              v -> v);
      case IntLogicalTypeAnnotation integer -> ofInteger(field, integer);
      case DecimalLogicalTypeAnnotation decimal ->
          decimal.getScale() == 0
              ? integers(field, integerKind(decimal.getPrecision()), v -> v)
              : integers(field, ColumnKind.DOUBLE, v -> bits(v, decimal.getScale()));
      case DateLogicalTypeAnnotation date ->
          integers(field, ColumnKind.DATE, day -> dayInRange(field, day));
      case TimeLogicalTypeAnnotation time ->
          integers(field, ColumnKind.TIME, v -> millis(v, time.getUnit()));
      case TimestampLogicalTypeAnnotation timestamp ->
          integers(
              field,
              timestamp.isAdjustedToUTC() ? ColumnKind.INSTANT : ColumnKind.DATE_TIME,
              v -> inRange(field, millis(v, timestamp.getUnit())));
      case UnknownLogicalTypeAnnotation allNull ->
          new ParquetColumn(
              field.getName(), ColumnKind.STRING, () -> new ParquetCells.Strings(b -> ""));
      default -> throw refused(field, logical.toString());
    };
  }

  private static ParquetColumn ofInteger(Type field, IntLogicalTypeAnnotation integer) {
    int bits = integer.getBitWidth();
    if (integer.isSigned()) {
      return switch (bits) {
        case 8, 16 -> integers(field, ColumnKind.SHORT, v -> v);
        case 32 -> integers(field, ColumnKind.INT, v -> v);
        default -> integers(field, ColumnKind.LONG, v -> v);
      };
    }
    return switch (bits) {
      case 8 -> integers(field, ColumnKind.SHORT, v -> v & 0xff);
      case 16 -> integers(field, ColumnKind.INT, v -> v & 0xffff);
      case 32 -> integers(field, ColumnKind.LONG, v -> v & 0xffff_ffffL);
      default ->
          integers(
              field,
              ColumnKind.DOUBLE,
              v -> Double.doubleToLongBits(new BigDecimal(Long.toUnsignedString(v)).doubleValue()));
    };
  }

  private static ParquetColumn ofBytes(Type field, @Nullable LogicalTypeAnnotation logical) {
    return switch (logical) {
      case null -> throw refused(field, "bytes");
      case StringLogicalTypeAnnotation string -> strings(field);
      case EnumLogicalTypeAnnotation word -> strings(field);
      case JsonLogicalTypeAnnotation json -> strings(field);
      case UUIDLogicalTypeAnnotation uuid ->
          new ParquetColumn(
              field.getName(),
              ColumnKind.STRING,
              () -> new ParquetCells.Strings(ParquetColumn::uuid));
      case Float16LogicalTypeAnnotation half ->
          binaries(
              field,
              ColumnKind.FLOAT,
              b -> Float.floatToIntBits(Float.float16ToFloat(little(b).getShort())));
      case DecimalLogicalTypeAnnotation decimal ->
          decimal.getScale() == 0 && decimal.getPrecision() <= LONG_DIGITS
              ? binaries(
                  field, integerKind(decimal.getPrecision()), b -> unscaled(b).longValueExact())
              : binaries(
                  field,
                  ColumnKind.DOUBLE,
                  b ->
                      Double.doubleToLongBits(
                          new BigDecimal(unscaled(b), decimal.getScale()).doubleValue()));
      default -> throw refused(field, logical.toString());
    };
  }

  private static ColumnKind integerKind(int digits) {
    return digits <= SHORT_DIGITS
        ? ColumnKind.SHORT
        : digits <= INT_DIGITS ? ColumnKind.INT : ColumnKind.LONG;
  }

  private static ParquetColumn integers(Type field, ColumnKind kind, LongUnaryOperator bits) {
    String name = field.getName();
    return new ParquetColumn(
        name, kind, () -> new ParquetCells.Fixed(name, kind, bits, ParquetColumn::noBytes));
  }

  private static long noBytes(Binary value) {
    throw new IllegalStateException(value.length() + " bytes in a column of numbers");
  }

  private static ParquetColumn binaries(Type field, ColumnKind kind, ToLongFunction<Binary> bits) {
    String name = field.getName();
    return new ParquetColumn(name, kind, () -> new ParquetCells.Fixed(name, kind, v -> v, bits));
  }

  private static ParquetColumn strings(Type field) {
    return new ParquetColumn(
        field.getName(),
        ColumnKind.STRING,
        () -> new ParquetCells.Strings(Binary::toStringUsingUTF8));
  }

  private static ParquetException refused(Type field, String what) {
    return new ParquetException(
        "column '%s' is %s (%s), for which Tablesaw has no column; write the file without it, or with its values as strings or columns of their own"
            .formatted(field.getName(), what, String.valueOf(field).replaceAll("\\s+", " ")),
        null);
  }

  private static long millis(long value, TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> value;
      case MICROS -> Math.floorDiv(value, 1_000L);
      case NANOS -> Math.floorDiv(value, 1_000_000L);
    };
  }

  private static long inRange(Type field, long millis) {
    dayInRange(field, Math.floorDiv(millis, MILLIS_A_DAY));
    return millis;
  }

  private static long dayInRange(Type field, long day) {
    if (!DayRange.holds(day)) {
      throw new ParquetException(
          "column '%s' holds a day that is %,d days from 1970-01-01; Tablesaw's dates end with the years %d and %d"
              .formatted(field.getName(), day, Short.MIN_VALUE, Short.MAX_VALUE),
          null);
    }
    return day;
  }

  /** The nanosecond of the day in 8 bytes, the Julian day in 4: Impala's timestamps. */
  private static long julianMillis(Binary value) {
    ByteBuffer bytes = little(value);
    long nanos = bytes.getLong();
    long day = bytes.getInt() - (long) JULIAN_EPOCH;
    return day * MILLIS_A_DAY + Math.floorDiv(nanos, 1_000_000L);
  }

  private static ByteBuffer little(Binary value) {
    return ByteBuffer.wrap(value.getBytes()).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static BigInteger unscaled(Binary value) {
    return new BigInteger(value.getBytes());
  }

  private static String uuid(Binary value) {
    ByteBuffer bytes = ByteBuffer.wrap(value.getBytes());
    return new UUID(bytes.getLong(), bytes.getLong()).toString();
  }

  /** Where both are exact, one division rounds correctly. */
  private static long bits(long unscaled, int scale) {
    double value =
        scale <= EXACT_POWERS && Math.abs(unscaled) < EXACT_INTEGERS
            ? unscaled / Math.pow(10, scale)
            : BigDecimal.valueOf(unscaled, scale).doubleValue();
    return Double.doubleToLongBits(value);
  }
}
