package dev.trestle.ingest;

import java.util.Arrays;

/** Values of equal width that come as values, not as text. */
final class ValueCells extends Cells implements FixedValues {
  private final int width;
  private final long missing;
  private byte[] values = {};
  private boolean[] absent = {};

  /**
   * No rows yet.
   *
   * @param width bytes a value
   * @param missing the bits that stand for a missing value
   */
  ValueCells(int width, long missing) {
    this.width = width;
    this.missing = missing;
  }

  /** Sets a row to a value's lowest bits. */
  void set(int row, long bits) {
    put(row, bits);
    absent[row] = false;
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
