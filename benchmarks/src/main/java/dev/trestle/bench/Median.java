package dev.trestle.bench;

import java.util.Collection;

/** The value in the middle: what one run disturbed by something else does not move. */
final class Median {
  private Median() {}

  static double of(Collection<? extends Number> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no values, so no median");
    }
    double[] sorted = values.stream().mapToDouble(Number::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
