package dev.trestle.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Element-wise mathematics of every type, over several blocks and several parts. */
class ElementwiseTest {
  /** Two parts, and a last block that is not full. */
  private static final int MANY = (1 << 19) + 12_345;

  private final Arena arena = Arena.ofAuto();

  @ParameterizedTest
  @EnumSource
  void arithmeticIsThatOfTheTypeItself(ElementType type) {
    if (type == ElementType.BOOLEAN) {
      Elements truths = random(type, 10, 1);
      assertThrows(
          UnsupportedOperationException.class,
          () -> new Elementwise(truths).apply(Arithmetic.ADD, 1));
      return;
    }
    Elements before = random(type, MANY, 1);
    Elements right = random(type, MANY, 2);
    if (type.isInteger()) {
      for (long i = 0; i < MANY; i++) {
        right.setLong(i, Math.max(1, right.getLong(i)));
      }
    }
    Elements left = elements(type, MANY);
    for (Arithmetic operation : Arithmetic.values()) {
      left.segment().copyFrom(before.segment());
      new Elementwise(left).apply(operation, right);
      for (long i = 0; i < MANY; i += 13) {
        assertResult(type, operation, before, right, i, left);
      }
    }
  }

  private static void assertResult(
      ElementType type, Arithmetic operation, Elements a, Elements b, long i, Elements result) {
    if (type.isFloating()) {
      double x = a.getDouble(i);
      double y = b.getDouble(i);
      double exact =
          switch (operation) {
            case ADD -> x + y;
            case SUBTRACT -> x - y;
            case MULTIPLY -> x * y;
            case DIVIDE -> x / y;
          };
      double expected = type == ElementType.FLOAT ? (float) exact : exact;
      if (Double.compare(expected, result.getDouble(i)) != 0) {
        assertEquals(expected, result.getDouble(i), operation + " at " + i);
      }
      return;
    }
    long x = a.getLong(i);
    long y = b.getLong(i);
    long whole =
        switch (operation) {
          case ADD -> x + y;
          case SUBTRACT -> x - y;
          case MULTIPLY -> x * y;
          case DIVIDE -> x / y;
        };
    long expected =
        switch (type) {
          case INT -> (int) whole;
          case SHORT -> (short) whole;
          case BYTE -> (byte) whole;
          case UNSIGNED_BYTE -> whole & 0xFF;
          default -> whole;
        };
    if (expected != result.getLong(i)) {
      assertEquals(expected, result.getLong(i), operation + " at " + i);
    }
  }

  @Test
  void aNumberIsTheSameForAll() {
    Elements doubles = random(ElementType.DOUBLE, MANY, 3);
    double before = doubles.getDouble(MANY - 1);
    new Elementwise(doubles).apply(Arithmetic.MULTIPLY, 2.5);
    new Elementwise(doubles).apply(Arithmetic.ADD, 3);
    assertEquals(before * 2.5 + 3, doubles.getDouble(MANY - 1));
    Elements longs = random(ElementType.LONG, 100, 3);
    longs.setLong(7, 1);
    new Elementwise(longs).apply(Arithmetic.ADD, Long.MAX_VALUE - 1);
    assertEquals(Long.MAX_VALUE, longs.getLong(7));
  }

  @Test
  void wholeNumbersAreNotDividedByZero() {
    Elements ints = random(ElementType.INT, 100, 4);
    var zero =
        assertThrows(
            ArithmeticException.class, () -> new Elementwise(ints).apply(Arithmetic.DIVIDE, 0));
    assertTrue(zero.getMessage().contains("'x' of int cannot be divided by 0"), zero.getMessage());
    Elements zeros = elements(ElementType.INT, MANY);
    assertThrows(
        ArithmeticException.class,
        () -> new Elementwise(random(ElementType.INT, MANY, 4)).apply(Arithmetic.DIVIDE, zeros));
  }

  @Test
  void signsAndRootsOfEachType() {
    assertDoubles(Elementwise::abs, new double[] {-1.5, -0.0, Double.NaN}, 1.5, 0.0, Double.NaN);
    assertDoubles(Elementwise::negate, new double[] {-1.5, 0.0}, 1.5, -0.0);
    assertDoubles(Elementwise::sqrt, new double[] {2.25, -1}, 1.5, Double.NaN);
    assertDoubles(e -> e.map(v -> v * v + 1), new double[] {2, -3}, 5, 10);
    Elements bytes = elements(ElementType.BYTE, 3);
    bytes.setLong(0, -128);
    bytes.setLong(1, -5);
    bytes.setLong(2, 7);
    new Elementwise(bytes).abs();
    assertEquals(-128, bytes.getLong(0), "as Math.abs does");
    assertEquals(5, bytes.getLong(1));
    new Elementwise(bytes).negate();
    assertEquals(-7, bytes.getLong(2));
  }

  @Test
  void floatsAreRoundedOnce() {
    Elements floats = random(ElementType.FLOAT, 100_000, 5);
    Elements before = random(ElementType.FLOAT, 100_000, 5);
    new Elementwise(floats).exp();
    for (long i = 0; i < floats.size(); i++) {
      assertEquals((float) StrictMath.exp(before.getDouble(i)), floats.getDouble(i), 1e-6);
    }
  }

  @Test
  void wholeNumbersCanBeAddedToFloatingOnesButNotTheOtherWayRound() {
    Elements doubles = elements(ElementType.DOUBLE, 100);
    Elements ints = random(ElementType.INT, 100, 6);
    new Elementwise(doubles).apply(Arithmetic.ADD, ints);
    assertEquals(ints.getDouble(99), doubles.getDouble(99));
    assertThrows(
        UnsupportedOperationException.class,
        () -> new Elementwise(ints).apply(Arithmetic.ADD, doubles));
  }

  @Test
  void anArrayCanBeItsOwnOperandButNotAPartThatOverlaps() {
    Elements doubles = random(ElementType.DOUBLE, 100, 7);
    double before = doubles.getDouble(50);
    new Elementwise(doubles).apply(Arithmetic.ADD, doubles);
    assertEquals(2 * before, doubles.getDouble(50));
    Elements upper = doubles.part(1, Shape.of(99));
    Elements lower = doubles.part(0, Shape.of(99));
    var overlap =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Elementwise(upper).apply(Arithmetic.ADD, lower));
    assertTrue(overlap.getMessage().contains("overlap"), overlap.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> new Elementwise(doubles).apply(Arithmetic.ADD, lower));
  }

  @ParameterizedTest
  @EnumSource
  void fillReachesEveryElement(ElementType type) {
    for (int size : new int[] {1, 2, 1000, MANY}) {
      Elements elements = elements(type, size);
      byte[] expected = new byte[size * type.bytes()];
      java.util.Arrays.fill(expected, (byte) 1);
      elements.segment().asSlice(0, type.bytes()).fill((byte) 1);
      Fill.withFirst(elements);
      assertArrayEquals(
          expected, elements.segment().toArray(java.lang.foreign.ValueLayout.JAVA_BYTE));
    }
  }

  private void assertDoubles(Consumer<Elementwise> operation, double[] values, double... expected) {
    for (ElementType type : new ElementType[] {ElementType.DOUBLE, ElementType.FLOAT}) {
      Elements elements = elements(type, values.length);
      for (int i = 0; i < values.length; i++) {
        elements.setDouble(i, values[i]);
      }
      operation.accept(new Elementwise(elements));
      for (int i = 0; i < values.length; i++) {
        assertEquals(expected[i], elements.getDouble(i));
      }
    }
  }

  private Elements elements(ElementType type, int size) {
    MemorySegment segment = arena.allocate((long) size * type.bytes(), 64);
    return new Elements("x", type, Shape.of(size), segment);
  }

  private Elements random(ElementType type, int size, long seed) {
    var random = new Random(seed);
    Elements elements = elements(type, size);
    for (int i = 0; i < size; i++) {
      switch (type) {
        case FLOAT, DOUBLE -> elements.setDouble(i, random.nextGaussian());
        case LONG -> elements.setLong(i, random.nextLong());
        case INT -> elements.setLong(i, random.nextInt());
        case SHORT -> elements.setLong(i, (short) random.nextInt());
        case BYTE -> elements.setLong(i, (byte) random.nextInt());
        case UNSIGNED_BYTE -> elements.setLong(i, random.nextInt(256));
        case BOOLEAN -> elements.setBoolean(i, random.nextBoolean());
      }
    }
    return elements;
  }
}
