package dev.trestle.kernel;

import dev.trestle.SharedArray;
import dev.trestle.array.ElementType;
import java.util.Locale;

/**
 * An array in figures; of truth values, true counts as 1.
 *
 * @param smallest in words, as are the others; empty if there is no number
 * @param mean of the numbers that are not NaN
 * @param notANumber how many are NaN
 */
record ArrayFigures(String smallest, String largest, String mean, String notANumber) {

  /** Reads every element once. */
  static ArrayFigures of(SharedArray array) {
    double smallest = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    double sum = 0;
    long numbers = 0;
    boolean isTruth = array.type() == ElementType.BOOLEAN;
    SharedArray flat = array.flat();
    long size = array.size();
    for (long i = 0; i < size; i++) {
      double value = isTruth ? (flat.getBoolean(i) ? 1 : 0) : flat.getDouble(i);
      if (!Double.isNaN(value)) {
        smallest = Math.min(smallest, value);
        largest = Math.max(largest, value);
        sum += value;
        numbers++;
      }
    }
    if (numbers == 0) {
      return new ArrayFigures("", "", "", count(size));
    }
    boolean isWhole = !array.type().isFloating();
    return new ArrayFigures(
        isWhole ? count((long) smallest) : number(smallest),
        isWhole ? count((long) largest) : number(largest),
        number(sum / numbers),
        count(size - numbers));
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6g", value);
  }
}
