package dev.trestle.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ArrayTextTest {
  @Test
  void anArrayIsShownWithItsTypeItsLengthAndItsElements() {
    assertEquals("int[3] {1, 2, 3}", ArrayText.of(new int[] {1, 2, 3}));
    assertEquals("java.lang.String[2] {\"a\", null}", ArrayText.of(new String[] {"a", null}));
    assertEquals("double[0] {}", ArrayText.of(new double[0]));
  }

  @Test
  void arraysOfArraysAreShownInside() {
    assertEquals("int[2][] {{1}, {2, 3}}", ArrayText.of(new int[][] {{1}, {2, 3}}));
  }

  @Test
  void aLongArrayIsCutAndItsRestCounted() {
    String text = ArrayText.of(new byte[1_000_000]);
    assertTrue(text.endsWith("0, ... 999,800 more}"), text);
  }

  @Test
  void anArrayThatHoldsItselfHasAnEnd() {
    Object[] around = new Object[2];
    around[0] = around;
    assertTrue(ArrayText.of(around).contains("more}"));
  }
}
