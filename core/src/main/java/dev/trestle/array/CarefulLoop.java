package dev.trestle.array;

/**
 * A {@link DoubleLoop} that is right for ordinary values only, and a slow, exact way for the
 * others.
 *
 * <p>One pass without branches finds out whether a block has others: as a rule it has none.
 */
abstract class CarefulLoop implements DoubleLoop {
  private final double[] between = new double[Blocks.LENGTH];
  private final double[] originals = new double[Blocks.LENGTH];

  @Override
  public final void run(double[] values, double[] operand, int count) {
    boolean ordinary = areOrdinary(values, count);
    if (!ordinary) {
      System.arraycopy(values, 0, originals, 0, count);
    }
    compute(values, between, count);
    if (!ordinary) {
      for (int i = 0; i < count; i++) {
        if (!isOrdinary(originals[i])) {
          values[i] = exactly(originals[i]);
        }
      }
    }
  }

  /** Whether all of them are. */
  abstract boolean areOrdinary(double[] values, int count);

  abstract boolean isOrdinary(double value);

  /** Changes the values; what it makes of those that are not ordinary does not matter. */
  abstract void compute(double[] values, double[] between, int count);

  abstract double exactly(double value);
}
