package dev.trestle.ingest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Parsed values of equal width. */
abstract class FixedCells extends ParsedCells implements FixedValues {
  static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle FLOAT =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

  private final int width;
  byte[] values = {};

  FixedCells(int width) {
    this.width = width;
  }

  @Override
  public final byte[] values() {
    return values;
  }

  final int width() {
    return width;
  }

  @Override
  final void reserve(int rows) {
    values = Arrays.copyOf(values, Math.multiplyExact(rows, width));
  }
}
