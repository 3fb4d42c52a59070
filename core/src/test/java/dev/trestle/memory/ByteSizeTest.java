package dev.trestle.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ByteSizeTest {

  @Test
  void smallSizesAreWholeBytes() {
    assertEquals("0 B", ByteSize.format(0));
    assertEquals("1023 B", ByteSize.format(1023));
  }

  @Test
  void largerOnesHaveThreeSignificantDigits() {
    assertEquals("1.00 KiB", ByteSize.format(1024));
    assertEquals("9.50 KiB", ByteSize.format(9_728));
    assertEquals("61.3 MiB", ByteSize.format(64_277_709));
    assertEquals("152 MiB", ByteSize.format(152L << 20));
    assertEquals("3.20 GiB", ByteSize.format(3_435_973_837L));
  }

  @Test
  void roundingGoesOnToTheNextUnit() {
    assertEquals("1.00 MiB", ByteSize.format((1 << 20) - 1));
    assertEquals("10.0 KiB", ByteSize.format(10_239));
    assertEquals("100 KiB", ByteSize.format(102_390));
  }

  @Test
  void theWholeRangeOfLongHasANotation() {
    assertEquals("8.00 EiB", ByteSize.format(Long.MAX_VALUE));
    assertEquals("-8.00 EiB", ByteSize.format(Long.MIN_VALUE));
    assertEquals("-1.50 KiB", ByteSize.format(-1536));
  }
}
