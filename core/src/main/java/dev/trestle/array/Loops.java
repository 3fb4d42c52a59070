package dev.trestle.array;

import java.util.Arrays;

/** The loops of operations on one value; see {@link DoubleLoop} for why there are so many. */
final class Loops {
  private Loops() {}

  static void sqrt(double[] values, double[] operand, int count) {
    for (int i = 0; i < count; i++) {
      values[i] = Math.sqrt(values[i]);
    }
  }

  static void abs(double[] values, double[] operand, int count) {
    for (int i = 0; i < count; i++) {
      values[i] = Math.abs(values[i]);
    }
  }

  static void abs(long[] values, long[] operand, int count) {
    for (int i = 0; i < count; i++) {
      values[i] = Math.abs(values[i]);
    }
  }

  static void negate(double[] values, double[] operand, int count) {
    for (int i = 0; i < count; i++) {
      values[i] = -values[i];
    }
  }

  static void negate(long[] values, long[] operand, int count) {
    for (int i = 0; i < count; i++) {
      values[i] = -values[i];
    }
  }

  /** The operation with the same number for all. */
  static DoubleLoop with(double operand, Arithmetic operation) {
    double[] same = new double[Blocks.LENGTH];
    Arrays.fill(same, operand);
    return (values, _, count) -> operation.run(values, same, count);
  }

  /** The operation with the same number for all. */
  static LongLoop with(long operand, Arithmetic operation) {
    long[] same = new long[Blocks.LENGTH];
    Arrays.fill(same, operand);
    return (values, _, count) -> operation.run(values, same, count);
  }
}
