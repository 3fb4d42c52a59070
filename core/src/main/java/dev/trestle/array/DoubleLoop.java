package dev.trestle.array;

/**
 * One pass over a block of numbers: straight-line arithmetic without branches or calls, which the
 * JVM's compiler turns into vector instructions.
 */
@FunctionalInterface
interface DoubleLoop {
  /**
   * Changes the first {@code count} values.
   *
   * @param operand the other side of an operation with two
   */
  void run(double[] values, double[] operand, int count);
}
