package dev.trestle.array;

/** As {@link DoubleLoop}, for whole numbers. */
@FunctionalInterface
interface LongLoop {
  /** Changes the first {@code count} values. */
  void run(long[] values, long[] operand, int count);
}
