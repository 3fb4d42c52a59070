package dev.trestle.bench.genome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class RowCountTest {

  @Test
  void thousandsMayBeSetApart() {
    assertEquals(4_000_000, new RowCount().convert("4_000_000"));
    assertEquals(4_000, new RowCount().convert("4,000"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"4001", "4", "0", "-400"})
  void otherCountsAreRefusedWithTheRule(String value) {
    var e = assertThrows(TypeConversionException.class, () -> new RowCount().convert(value));
    assertTrue(e.toString().contains(": a matrix has 400 rows at least"), e.toString());
  }

  @Test
  void wordsAreRefused() {
    var e = assertThrows(TypeConversionException.class, () -> new RowCount().convert("all"));
    assertEquals("'all' is no number", e.getMessage());
  }
}
