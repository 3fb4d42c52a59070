package dev.trestle.array;

import static dev.trestle.array.Fused.multiplyAdd;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The natural logarithm of each value, within 1 ulp; special values as {@link StrictMath#log}.
 *
 * <p>log x = k ln 2 + log m with m between sqrt(1/2) and sqrt(2), as in fdlibm's {@code e_log.c},
 * whose polynomial this is. For the loops see {@link ExpLoop}.
 */
final class LogLoop extends CarefulLoop {
  private static final ValueLayout.OfLong BITS = ValueLayout.JAVA_LONG;
  private static final long SMALLEST_NORMAL = Double.doubleToRawLongBits(Double.MIN_NORMAL);
  private static final long LARGEST = Double.doubleToRawLongBits(Double.MAX_VALUE);
  private static final long SQRT_HALF = Double.doubleToRawLongBits(Math.sqrt(0.5));
  private static final long BIAS = 1023;

  /** The bits of 2^52: a whole number put below them is added. */
  private static final long TWO_52 = Double.doubleToRawLongBits(0x1p52);

  private static final double LN_2_HIGH = 0x1.62e42fee00000p-1; // times k it is exact
  private static final double LN_2_LOW = 0x1.a39ef35793c76p-33;

  /** Whether all are positive, finite and normal. */
  @Override
  boolean areOrdinary(double[] values, int count) {
    MemorySegment bits = MemorySegment.ofArray(values);
    long differences = 0;
    for (int i = 0; i < count; i++) {
      long x = bits.getAtIndex(BITS, i);
      differences |= (x - SMALLEST_NORMAL) | (LARGEST - x) | x;
    }
    return differences >= 0;
  }

  /** Leaves m in the values, and 2^52 + k + the bias in the exponents. */
  private static void split(double[] values, double[] exponents, int count) {
    MemorySegment bits = MemorySegment.ofArray(values);
    MemorySegment apart = MemorySegment.ofArray(exponents);
    for (int i = 0; i < count; i++) {
      long x = bits.getAtIndex(BITS, i);
      long k = (x - SQRT_HALF + (BIAS << 52)) >>> 52;
      apart.setAtIndex(BITS, i, k | TWO_52);
      bits.setAtIndex(BITS, i, x - ((k - BIAS) << 52));
    }
  }

  private static void logarithms(double[] values, double[] exponents, int count) {
    for (int i = 0; i < count; i++) {
      double k = exponents[i] - (0x1p52 + BIAS);
      double f = values[i] - 1.0;
      double half = 0.5 * f * f;
      double s = f / (2.0 + f);
      double z = s * s;
      double p = 0x1.2f112df3e5244p-3;
      p = multiplyAdd(p, z, 0x1.39a09d078c69fp-3);
      p = multiplyAdd(p, z, 0x1.7466496cb03dep-3);
      p = multiplyAdd(p, z, 0x1.c71c51d8e78afp-3);
      p = multiplyAdd(p, z, 0x1.2492494229359p-2);
      p = multiplyAdd(p, z, 0x1.999999997fa04p-2);
      p = multiplyAdd(p, z, 0x1.5555555555593p-1);
      double low = multiplyAdd(k, LN_2_LOW, s * multiplyAdd(z, p, half));
      values[i] = multiplyAdd(k, LN_2_HIGH, f - (half - low));
    }
  }

  @Override
  boolean isOrdinary(double value) {
    return value >= Double.MIN_NORMAL && value <= Double.MAX_VALUE;
  }

  @Override
  void compute(double[] values, double[] between, int count) {
    split(values, between, count);
    logarithms(values, between, count);
  }

  @Override
  double exactly(double value) {
    return StrictMath.log(value);
  }
}
