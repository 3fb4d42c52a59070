package dev.trestle.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** exp and log, against StrictMath and, where that is not exact enough, against exact values. */
class VectorMathTest {
  private static final int VALUES = 4_000_000;
  private static final double[] SPECIAL = {
    0.0,
    -0.0,
    1,
    -1,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    Math.nextDown(Double.MIN_NORMAL),
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    708,
    708.0000001,
    -708,
    -708.0000001,
    709.782712893384,
    709.7827128933841,
    710,
    -744.4400719213812,
    -745.1332191019411,
    -745.1332191019412,
    -746,
    1e-300,
    1e-17,
    -1e-17,
    Math.sqrt(0.5),
    Math.nextDown(Math.sqrt(0.5)),
    Math.sqrt(2),
    Math.nextDown(1.0),
    Math.nextUp(1.0),
    Math.log(2) / 2,
    -Math.log(2) / 2,
    Math.E
  };

  @Test
  void expIsWithinAnUlpOfStrictMath() {
    var random = new Random(1);
    assertClose(
        StrictMath::exp,
        Elementwise::exp,
        DoubleStream.generate(() -> random.nextDouble(-708, 708)).limit(VALUES).toArray());
    assertClose(
        StrictMath::exp,
        Elementwise::exp,
        DoubleStream.generate(() -> random.nextGaussian()).limit(VALUES).toArray());
    assertClose(
        StrictMath::exp,
        Elementwise::exp,
        DoubleStream.generate(() -> Double.longBitsToDouble(random.nextLong()))
            .limit(VALUES)
            .toArray());
  }

  @Test
  void logIsWithinAnUlpOfStrictMath() {
    var random = new Random(2);
    assertClose(
        StrictMath::log,
        Elementwise::log,
        DoubleStream.generate(() -> Double.longBitsToDouble(random.nextLong() & Long.MAX_VALUE))
            .limit(VALUES)
            .toArray());
    assertClose(
        StrictMath::log,
        Elementwise::log,
        DoubleStream.generate(() -> random.nextDouble(0.5, 2)).limit(VALUES).toArray());
    assertClose(
        StrictMath::log,
        Elementwise::log,
        DoubleStream.generate(() -> 1 + random.nextGaussian() * 1e-9).limit(VALUES).toArray());
  }

  @Test
  void specialValuesAreThoseOfStrictMath() {
    assertClose(StrictMath::exp, Elementwise::exp, SPECIAL);
    assertClose(StrictMath::log, Elementwise::log, SPECIAL);
    double[] exp = applied(Elementwise::exp, SPECIAL);
    double[] log = applied(Elementwise::log, SPECIAL);
    for (int i = 0; i < SPECIAL.length; i++) {
      double x = SPECIAL[i];
      if (!(Math.abs(x) <= 708) || x == 0) {
        assertEquals(StrictMath.exp(x), exp[i], "exp " + x);
      }
      if (!(x >= Double.MIN_NORMAL && x < Double.POSITIVE_INFINITY) || x == 1) {
        assertEquals(StrictMath.log(x), log[i], "log " + x);
      }
    }
  }

  @Test
  void aSpecialValueDoesNotTouchItsNeighbours() {
    double[] plain = new Random(3).doubles(5000, -700, 700).toArray();
    double[] mixed = plain.clone();
    for (int i = 0; i < mixed.length; i += 37) {
      mixed[i] = SPECIAL[i % SPECIAL.length];
    }
    double[] expected = applied(Elementwise::exp, plain);
    double[] actual = applied(Elementwise::exp, mixed);
    for (int i = 0; i < mixed.length; i++) {
      if (mixed[i] == plain[i]) {
        assertEquals(expected[i], actual[i]);
      }
    }
  }

  @Test
  void expIsWithinAnUlpOfTheExactValue() {
    double[] values = new Random(4).doubles(2000, -2, 2).toArray();
    double[] results = applied(Elementwise::exp, values);
    double worst = 0;
    for (int i = 0; i < values.length; i++) {
      worst = Math.max(worst, ulps(exactExp(new BigDecimal(values[i])), results[i]));
    }
    assertTrue(worst < 1, worst + " ulp");
  }

  @Test
  void logIsWithinAnUlpOfTheExactValue() {
    double[] values = new Random(5).doubles(2000, 0.3, 3).toArray();
    double[] results = applied(Elementwise::log, values);
    double worst = 0;
    for (int i = 0; i < values.length; i++) {
      // One step of Newton's from the result: log x = y + (x - e^y) / e^y, with an error of its
      // square.
      BigDecimal power = exactExp(new BigDecimal(results[i]));
      BigDecimal exact =
          new BigDecimal(values[i])
              .subtract(power)
              .divide(power, MathContext.DECIMAL128)
              .add(new BigDecimal(results[i]));
      worst = Math.max(worst, ulps(exact, results[i]));
    }
    assertTrue(worst < 1, worst + " ulp");
  }

  private static double ulps(BigDecimal exact, double result) {
    return exact
        .subtract(new BigDecimal(result))
        .abs()
        .divide(new BigDecimal(Math.ulp(exact.doubleValue())), MathContext.DECIMAL64)
        .doubleValue();
  }

  /** By its series, to 34 digits. */
  private static BigDecimal exactExp(BigDecimal x) {
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    for (int n = 1; n < 60; n++) {
      term = term.multiply(x).divide(BigDecimal.valueOf(n), MathContext.DECIMAL128);
      sum = sum.add(term, MathContext.DECIMAL128);
    }
    return sum;
  }

  private static double[] applied(Consumer<Elementwise> operation, double[] values) {
    double[] result = values.clone();
    operation.accept(
        new Elementwise(
            new Elements(
                "x", ElementType.DOUBLE, Shape.of(result.length), MemorySegment.ofArray(result))));
    return result;
  }

  private static void assertClose(
      DoubleUnaryOperator expected, Consumer<Elementwise> operation, double[] values) {
    double[] results = applied(operation, values);
    for (int i = 0; i < values.length; i++) {
      double wanted = expected.applyAsDouble(values[i]);
      if (Double.compare(wanted, results[i]) != 0
          && !(Math.abs(wanted - results[i]) <= Math.ulp(wanted))) {
        assertEquals(wanted, results[i], "of " + values[i]);
      }
    }
  }
}
