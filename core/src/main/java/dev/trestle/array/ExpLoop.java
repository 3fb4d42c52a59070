package dev.trestle.array;

import static dev.trestle.array.Fused.multiplyAdd;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout.OfLong;

/**
 * e to the power of each value, within 1 ulp; special values as {@link StrictMath#exp}.
 *
 * <p>e^x = 2^k * e^r with k the integer nearest to x / ln 2, so that |r| is at most ln 2 / 2, where
 * a polynomial is exact enough. The steps are loops of their own where one alone would not be
 * vectorised: JDK 25 does so with bits of doubles only when they are read through a segment.
 */
final class ExpLoop extends CarefulLoop {
  private static final OfLong BITS = java.lang.foreign.ValueLayout.JAVA_LONG;

  /** Up to here both e^x and e^-x are normal numbers. */
  private static final double LARGEST = 708;

  private static final long BEYOND_LARGEST = Long.MAX_VALUE - Double.doubleToRawLongBits(LARGEST);

  /** 1.5 * 2^52: what is added to it is rounded to an integer, which lies in the lowest bits. */
  private static final double ROUNDER = 0x1.8p52;

  private static final double PER_LN_2 = 0x1.71547652b82fep0;
  private static final double LN_2_HIGH = 0x1.62e42fefa0000p-1; // times k it is exact
  private static final double LN_2_LOW = 0x1.cf79abc9e3b39p-40;

  /** Whether none is larger than {@link #LARGEST} either way, infinite, or not a number. */
  @Override
  boolean areOrdinary(double[] values, int count) {
    MemorySegment bits = MemorySegment.ofArray(values);
    long sums = 0;
    for (int i = 0; i < count; i++) {
      // Bits compare as the numbers do; a sum that is too large has the sign's bit.
      sums |= (bits.getAtIndex(BITS, i) & Long.MAX_VALUE) + BEYOND_LARGEST;
    }
    return sums >= 0;
  }

  /** Leaves e^r in the values, and k in the lowest bits of the powers. */
  private static void powersOfR(double[] values, double[] powers, int count) {
    for (int i = 0; i < count; i++) {
      double x = values[i];
      double rounded = multiplyAdd(x, PER_LN_2, ROUNDER);
      powers[i] = rounded;
      double k = rounded - ROUNDER;
      double r = multiplyAdd(k, -LN_2_LOW, multiplyAdd(k, -LN_2_HIGH, x));
      // (e^r - 1 - r) / r^2, interpolated at the Chebyshev nodes of |r| <= ln 2 / 2: within 2^-61.
      double p = 0x1.1f730349868cep-29;
      p = multiplyAdd(p, r, 0x1.af4de97ca4194p-26);
      p = multiplyAdd(p, r, 0x1.27e4db646b17ep-22);
      p = multiplyAdd(p, r, 0x1.71de0231960ebp-19);
      p = multiplyAdd(p, r, 0x1.a01a01a6d889cp-16);
      p = multiplyAdd(p, r, 0x1.a01a01abe7fe1p-13);
      p = multiplyAdd(p, r, 0x1.6c16c16c162d4p-10);
      p = multiplyAdd(p, r, 0x1.11111111100dcp-7);
      p = multiplyAdd(p, r, 0x1.5555555555556p-5);
      p = multiplyAdd(p, r, 0x1.5555555555557p-3);
      p = multiplyAdd(p, r, 0.5);
      values[i] = 1.0 + multiplyAdd(r * r, p, r);
    }
  }

  /** Adds k to the exponents. */
  private static void timesPowerOf2(double[] values, double[] powers, int count) {
    MemorySegment to = MemorySegment.ofArray(values);
    MemorySegment from = MemorySegment.ofArray(powers);
    for (int i = 0; i < count; i++) {
      to.setAtIndex(BITS, i, to.getAtIndex(BITS, i) + (from.getAtIndex(BITS, i) << 52));
    }
  }

  @Override
  boolean isOrdinary(double value) {
    return Math.abs(value) <= LARGEST;
  }

  @Override
  void compute(double[] values, double[] between, int count) {
    powersOfR(values, between, count);
    timesPowerOf2(values, between, count);
  }

  @Override
  double exactly(double value) {
    return StrictMath.exp(value);
  }
}
