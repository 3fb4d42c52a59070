package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.array.ElementType;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is done with all elements of an array, for each type that they may have. */
class ArrayOperationsTest {
  private static final int MANY = 300_003; // several parts, and a rest
  private static final int FROM = 1001;
  private static final int TO = 299_000;

  @TempDir static Path folder;
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static Store store;

  @BeforeAll
  static void open() {
    store = Store.open(folder.resolve("store"));
  }

  @AfterAll
  static void close() {
    store.close();
  }

  private static SharedArray array(ElementType type, long... shape) {
    return store.array("a" + NAMES.incrementAndGet(), type, shape);
  }

  @ParameterizedTest
  @EnumSource
  void fillSetsEachElementOfAViewAndNoOther(ElementType type) {
    SharedArray array = array(type, MANY);
    SharedArray view = array.slice(FROM, TO);
    if (type == ElementType.BOOLEAN) {
      assertEquals(TO - FROM, view.fill(true).size());
      for (int i = 0; i < MANY; i++) {
        assertEquals(i >= FROM && i < TO, array.getBoolean(i), "" + i);
      }
      assertFalse(view.fill(false).getBoolean(0));
      return;
    }
    view.fill(42);
    for (int i = 0; i < MANY; i++) {
      assertEquals(i >= FROM && i < TO ? 42 : 0, array.getDouble(i), "" + i);
    }
    if (type.isFloating()) {
      assertEquals(-2.5, view.fill(-2.5).getDouble(TO - FROM - 1));
    } else {
      assertThrows(UnsupportedOperationException.class, () -> view.fill(-2.5));
    }
    assertEquals(0, array.getDouble(FROM - 1));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BOOLEAN")
  void arithmeticWithANumberAndWithAnArrayChangesEachElementInPlace(ElementType type) {
    SharedArray array = array(type, 1000, 3).fill(12);
    SharedArray same = array.add(8).subtract(2).multiply(3).divide(4);
    double expected = type.isFloating() ? 13.5 : 13; // whole ones are cut off
    SharedArray other = array(type, 1000, 3).fill(5);
    for (long row = 0; row < 1000; row += 111) {
      assertEquals(expected, same.getDouble(row, 2));
    }
    assertEquals(expected + 5, array.add(other).getDouble(999, 0));
    assertEquals(expected, array.subtract(other).getDouble(999, 0));
    assertEquals(expected * 5, array.multiply(other).getDouble(999, 0));
    assertEquals(expected, array.divide(other).getDouble(999, 0));
    assertEquals(5, other.getDouble(999, 2), "an operand stays as it is");
    if (type.isFloating()) {
      assertEquals(13.75, array.add(0.25).getDouble(0, 0));
      assertEquals(13.5, array.subtract(0.25).getDouble(0, 0));
      assertEquals(6.75, array.multiply(0.5).getDouble(0, 0));
      assertEquals(13.5, array.divide(0.5).getDouble(0, 0));
    } else {
      assertThrows(UnsupportedOperationException.class, () -> array.multiply(0.5));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void functionsOfFloatingNumbersGoInPlace(ElementType type) {
    SharedArray array = array(type, MANY).fill(4.0);
    assertEquals(2.0, array.sqrt().getDouble(MANY - 1));
    assertEquals(-2.0, array.negate().getDouble(0));
    assertEquals(2.0, array.abs().getDouble(77));
    assertEquals(5.0, array.map(x -> x * x + 1).getDouble(MANY - 1));
    assertEquals(5.0, array.exp().log().getDouble(MANY / 2), 1e-5);
  }

  @ParameterizedTest
  @EnumSource(names = {"BYTE", "SHORT", "INT", "LONG"})
  void wholeNumbersHaveSignsButNoRootsNorMaps(ElementType type) {
    SharedArray array = array(type, 10).fill(-7);
    assertEquals(7, array.negate().getLong(9));
    assertEquals(7, array.negate().abs().getLong(0));
    assertThrows(UnsupportedOperationException.class, array::sqrt);
    assertThrows(UnsupportedOperationException.class, array::exp);
    assertThrows(UnsupportedOperationException.class, () -> array.map(x -> x));
    assertEquals(7, array.getLong(5), "what is refused changes nothing");
  }

  @ParameterizedTest
  @EnumSource(names = {"INT", "LONG"})
  void wholeNumbersAreAddedToAndExchangedAtomically(ElementType type) {
    SharedArray array = array(type, 4, 2);
    var counts = array.atomicLongs();
    long at = array.flatIndex(3, 1);
    assertEquals(7, at);
    assertEquals(0, counts.getAndAdd(at, 5));
    assertTrue(counts.compareAndSet(at, 5, 9));
    assertFalse(counts.compareAndSet(at, 5, 1));
    assertEquals(9, array.getLong(3, 1));
    assertEquals(0, array.getLong(3, 0));
  }

  @Test
  void aViewOfTwoAxesIsFilledRowByRow() {
    SharedArray array = array(ElementType.SHORT, 5, 4);
    array.row(2).fill(3);
    assertEquals(3, array.getLong(2, 0));
    assertEquals(3, array.getLong(2, 3));
    assertEquals(0, array.getLong(1, 3));
    assertEquals(0, array.getLong(3, 0));
  }
}
