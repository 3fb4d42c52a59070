package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrays as numpy prints them. */
class ArrayTextTest {
  @TempDir Path folder;
  private Store store;

  @BeforeEach
  void open() {
    store = Store.open(folder.resolve("store"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private String excerpt(Object values) {
    return store.arrayOf("a", values).excerpt();
  }

  @Test
  void aShortAxisIsShownWhole() {
    assertEquals("[1 -20 3]", excerpt(new int[] {1, -20, 3}));
  }

  @Test
  void ofALongAxisTheEndsAreShownAndTheOthersCounted() {
    SharedArray array = store.array("long", double.class, 30_000_000);
    array.setDouble(29_999_999, 1 / 3.0);
    array.setDouble(1, Double.NaN);
    assertEquals("[0.0 NaN 0.0 ... 29,999,994 more ... 0.0 0.0 0.33333333]", array.excerpt());
    assertEquals(array.description() + "\n" + array.excerpt(), array.toString());
  }

  @Test
  void blocksOfRowsStandOneBelowTheOther() {
    assertEquals(
        """
        [[[ 1  2]
          [ 3 40]]
         [[ 5  6]
          [70  8]]]\
        """,
        excerpt(new long[][][] {{{1, 2}, {3, 40}}, {{5, 6}, {70, 8}}}));
  }

  @Test
  void aSingleNumberAndNoNumbersArePrintedToo() {
    assertEquals("0.0", store.array("one", float.class).excerpt());
    assertEquals("[]", store.array("none", float.class, 0, 3).excerpt());
    assertEquals("[true false]", excerpt(new boolean[] {true, false}));
  }

  @Test
  void aPartOfAnArrayShowsItsOwnElements() {
    SharedArray array = store.arrayOf("m", new byte[][] {{1, 2}, {3, 4}});
    assertEquals("[3 4]", array.row(1).excerpt());
  }

  @Test
  void anArrayOfManyAxesIsCutShort() {
    long[] twos = new long[16];
    Arrays.fill(twos, 2);
    String text = store.array("twos", byte.class, twos).excerpt();
    assertTrue(text.lines().count() < 100, text);
    assertTrue(text.endsWith("..."), text);
  }
}
