package dev.trestle.ingest;

import dev.trestle.store.ColumnKind;
import java.util.Arrays;

/** Values of equal width that come as values, not as text. */
final class ValueCells extends Cells implements FixedValues {
  private final ColumnKind kind;
  private final int width;
  private final long missing;
  private byte[] values = {};
  private boolean[] absent = {};

  /** No rows yet. */
  ValueCells(ColumnKind kind) {
    this.kind = kind;
    this.width = kind == ColumnKind.BOOLEAN ? Byte.BYTES : kind.width();
    this.missing = missing(kind);
  }

  private static long missing(ColumnKind kind) {
    return switch (kind) {
      case BOOLEAN -> Byte.MIN_VALUE;
      case SHORT -> Short.MIN_VALUE;
      case INT, DATE, TIME -> Integer.MIN_VALUE;
      case FLOAT -> Float.floatToIntBits(Float.NaN);
      case DOUBLE -> Double.doubleToLongBits(Double.NaN);
      case LONG, DATE_TIME, INSTANT -> Long.MIN_VALUE;
      case STRING, TEXT -> throw new IllegalArgumentException(kind + " has no fixed width");
    };
  }

  /**
   * Sets a row to the lowest bits of a value; NaN is missing, as Tablesaw has it.
   *
   * @return false if the value is an integer that Tablesaw takes for a missing one
   */
  boolean set(int row, long bits) {
    if (bits == missing) {
      setMissing(row);
      return kind == ColumnKind.FLOAT || kind == ColumnKind.DOUBLE;
    }
    put(row, bits);
    absent[row] = false;
    return true;
  }

  void setMissing(int row) {
    put(row, missing);
    absent[row] = true;
    sawMissing();
  }

  private void put(int row, long bits) {
    switch (width) {
      case Byte.BYTES -> values[row] = (byte) bits;
      case Short.BYTES -> FixedCells.SHORT.set(values, row * Short.BYTES, (short) bits);
      case Integer.BYTES -> FixedCells.INT.set(values, row * Integer.BYTES, (int) bits);
      default -> FixedCells.LONG.set(values, row * Long.BYTES, bits);
    }
  }

  @Override
  public byte[] values() {
    return values;
  }

  @Override
  void reserve(int rows) {
    values = Arrays.copyOf(values, Math.multiplyExact(rows, width));
    absent = Arrays.copyOf(absent, rows);
  }

  @Override
  boolean isMissing(int row) {
    return absent[row];
  }
}
