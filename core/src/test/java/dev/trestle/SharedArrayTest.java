package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.array.ElementType;
import dev.trestle.store.NoSuchArrayException;
import dev.trestle.store.StoreException;
import dev.trestle.store.TableExistsException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.ShortColumn;
import tech.tablesaw.columns.Column;

/** Shared arrays in one process: elements, shapes, views, copies. */
class SharedArrayTest {
  @TempDir static Path folder;
  private static Store store;
  private static int names;

  @BeforeAll
  static void open() {
    store = Store.open(folder.resolve("store"));
  }

  @AfterAll
  static void close() {
    store.close();
  }

  private static String name() {
    return "a" + names++;
  }

  @ParameterizedTest
  @EnumSource
  void aNewArrayIsZeroAndKeepsWhatIsSet(ElementType type) {
    SharedArray array = store.array(name(), type, 3, 4);
    assertArrayEquals(new long[] {3, 4}, array.shape());
    assertEquals(12, array.size());
    assertEquals(12L * type.bytes(), array.bytes());
    if (type == ElementType.BOOLEAN) {
      assertFalse(array.getBoolean(11));
      array.setBoolean(11, true);
      assertTrue(array.getBoolean(11));
    } else if (type.isFloating()) {
      assertEquals(0.0, array.getDouble(2, 3));
      array.setDouble(2, 3, -1.5);
      assertEquals(-1.5, array.getDouble(11));
      assertEquals(-1.5, array.getDouble(new long[] {2, 3}));
    } else {
      assertEquals(0, array.getLong(2, 3));
      array.setLong(2, 3, 100);
      assertEquals(100, array.getLong(11));
      assertEquals(100, array.getLong(new long[] {2, 3}));
      assertEquals(100.0, array.getDouble(11));
    }
  }

  @Test
  void wholeNumbersKeepEveryBitAndRefuseWhatDoesNotFit() {
    SharedArray longs = store.array(name(), long.class, 1);
    longs.setLong(0, Long.MIN_VALUE + 1);
    assertEquals(Long.MIN_VALUE + 1, longs.getLong(0));
    SharedArray bytes = store.array(name(), byte.class, 1);
    bytes.setLong(0, -128);
    assertEquals(-128, bytes.getLong(0));
    assertMessage(ArithmeticException.class, "128 is not a value", () -> bytes.setLong(0, 128));
    SharedArray unsigned = store.array(name(), ElementType.UNSIGNED_BYTE, 1);
    unsigned.setLong(0, 255);
    assertEquals(255, unsigned.getLong(0));
    assertMessage(ArithmeticException.class, "unsigned byte", () -> unsigned.setLong(0, -1));
    SharedArray shorts = store.array(name(), short.class, 1);
    assertThrows(ArithmeticException.class, () -> shorts.setLong(0, 40_000));
    SharedArray ints = store.array(name(), int.class, 1);
    assertThrows(ArithmeticException.class, () -> ints.setLong(0, 1L << 31));
    assertThrows(ArithmeticException.class, () -> bytes.fill(300));
  }

  @Test
  void aMethodForAnotherTypeNamesTheRightOne() {
    SharedArray ints = store.array(name(), int.class, 2);
    SharedArray doubles = store.array(name(), double.class, 2);
    var unsupported = UnsupportedOperationException.class;
    assertMessage(unsupported, "use setLong", () -> ints.setDouble(0, 1.5));
    assertMessage(unsupported, "use getDouble", () -> doubles.getLong(0));
    assertMessage(unsupported, "use setDouble", () -> doubles.setLong(0, 1));
    assertMessage(unsupported, "use getDouble or getLong", () -> doubles.getBoolean(0));
    assertMessage(unsupported, "have no exp", ints::exp);
    assertMessage(unsupported, "int elements", () -> ints.add(0.5));
    assertMessage(
        unsupported, "getBoolean", () -> store.array(name(), boolean.class, 1).getDouble(0));
  }

  @Test
  void shapesOfNoAxisNoElementAndFiveAxes() {
    SharedArray number = store.array(name(), double.class);
    assertEquals(1, number.size());
    number.setDouble(0, 7);
    assertEquals(7, number.getDouble());
    SharedArray empty = store.array(name(), double.class, 3, 0, 2);
    assertEquals(0, empty.size());
    assertEquals(0, empty.exp().fill(1.0).bytes());
    assertEquals(0, empty.row(2).size());
    SharedArray five = store.array(name(), int.class, 2, 3, 1, 4, 5);
    five.setLong(five.flatIndex(1, 2, 0, 3, 4), 9);
    assertEquals(9, five.getLong(119));
    assertEquals(9, five.getLong(1, 2, 0, 3, 4));
    assertEquals(9, five.row(1).row(2).row(0).row(3).getLong(4));
  }

  @Test
  void anIndexOutsideNamesItselfAndTheShape() {
    SharedArray array = store.array("bounds", double.class, 3, 4);
    var bounds = IndexOutOfBoundsException.class;
    assertMessage(
        bounds, "index 12 is outside array 'bounds' of shape (3, 4)", () -> array.getDouble(12));
    assertMessage(bounds, "index -1 ", () -> array.setDouble(-1, 0));
    assertMessage(bounds, "index (2, 4) is outside", () -> array.getDouble(2, 4));
    assertMessage(bounds, "index (3, 0) is outside", () -> array.setDouble(3, 0, 1));
    assertMessage(bounds, "index (-1, 5) is outside", () -> array.getDouble(-1, 5));
    assertMessage(bounds, "one number per axis", () -> array.getDouble(0, 0, 0));
    assertMessage(bounds, "row 3 ", () -> array.row(3));
    assertMessage(bounds, "slice 2 to 4 ", () -> array.slice(2, 4));
    // Times the size of an element, these would be within bounds again.
    assertThrows(bounds, () -> array.getDouble(1L << 61));
    assertThrows(bounds, () -> array.setDouble((1L << 61) + 1, 0));
    assertThrows(bounds, () -> array.row(1).getDouble(4));
  }

  @Test
  void shapesThatAreNoneAreRefused() {
    var illegal = IllegalArgumentException.class;
    assertMessage(illegal, "length -1", () -> store.array(name(), double.class, 3, -1));
    assertMessage(illegal, "2^63", () -> store.array(name(), double.class, 1L << 32, 1L << 31));
    assertMessage(illegal, "bytes", () -> store.array(name(), double.class, 1L << 61));
    assertMessage(illegal, "65 axes", () -> store.array(name(), double.class, new long[65]));
    assertMessage(illegal, "no array of char", () -> store.array(name(), char.class, 1));
    assertEquals(0, store.array(name(), double.class, 1L << 62, 1L << 62, 0).size());
  }

  @Test
  void viewsShareTheMemory() {
    SharedArray array = store.arrayOf(name(), new double[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}});
    array.row(1).setDouble(0, -4);
    assertEquals(-4, array.getDouble(1, 0));
    SharedArray lower = array.slice(1, 3);
    assertArrayEquals(new long[] {2, 3}, lower.shape());
    lower.slice(1, 2).flat().setDouble(2, -9);
    assertEquals(-9, array.getDouble(8));
    SharedArray wide = array.reshape(1, -1);
    assertArrayEquals(new long[] {1, 9}, wide.shape());
    assertEquals(-9, wide.getDouble(0, 8));
    assertEquals(3, array.reshape(9).slice(2, 3).reshape().getDouble());
    assertEquals(0, array.slice(3, 3).size());
    assertMessage(
        IllegalArgumentException.class, "cannot take shape (2, -1)", () -> array.reshape(2, -1));
    assertThrows(IllegalArgumentException.class, () -> array.reshape(-1, -1));
    assertThrows(IllegalArgumentException.class, () -> array.reshape(3, 4));
  }

  @Test
  void aReadOnlyArrayRefusesEveryWrite() {
    SharedArray array = store.array("fixed", double.class, 4);
    SharedArray ints = store.array(name(), int.class, 4);
    array.setDouble(0, 5);
    for (SharedArray fixed :
        List.of(
            array.asReadOnly(), store.attachArrayReadOnly("fixed"), array.asReadOnly().flat())) {
      assertTrue(fixed.isReadOnly());
      assertEquals(5, fixed.getDouble(0));
      var unsupported = UnsupportedOperationException.class;
      assertMessage(
          unsupported, "array 'fixed' is attached read-only", () -> fixed.setDouble(0, 1));
      assertMessage(unsupported, "read-only", () -> fixed.fill(1.0));
      assertMessage(unsupported, "read-only", fixed::exp);
      assertMessage(unsupported, "read-only", () -> fixed.add(1));
      assertMessage(unsupported, "read-only", () -> fixed.copyFrom(new double[4]));
      assertMessage(unsupported, "read-only", fixed::atomicDoubles);
      assertTrue(fixed.segment().isReadOnly());
    }
    assertMessage(
        UnsupportedOperationException.class, "read-only", () -> ints.asReadOnly().setLong(0, 1));
    array.setDouble(0, 6);
    assertEquals(6, store.attachArrayReadOnly("fixed").getDouble(0));
  }

  @Test
  void javaArraysOfEveryTypeGoInAndOut() {
    assertRoundTrip(new byte[] {1, -2}, new byte[2]);
    assertRoundTrip(new short[] {1, -2}, new short[2]);
    assertRoundTrip(new int[] {1, -2}, new int[2]);
    assertRoundTrip(new long[] {1, -2}, new long[2]);
    assertRoundTrip(new float[] {1, -2.5f}, new float[2]);
    assertRoundTrip(new double[] {1, Double.NaN}, new double[2]);
    assertRoundTrip(new boolean[] {true, false}, new boolean[2]);
    assertRoundTrip(new int[][][] {{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}}}, new int[2][2][2]);
    assertRoundTrip(new double[0][3], new double[0][0]);
  }

  private static void assertRoundTrip(Object values, Object empty) {
    SharedArray array = store.arrayOf(name(), values);
    Object[] expected = {values};
    assertArrayEquals(expected, new Object[] {array.copyTo(empty)});
    SharedArray zeros = store.array(name(), array.type(), array.shape());
    zeros.copyFrom(values);
    assertArrayEquals(new Object[] {array.toJavaArray()}, new Object[] {zeros.toJavaArray()});
  }

  @Test
  void javaArraysThatDoNotMatchAreRefused() {
    SharedArray array = store.array(name(), double.class, 2, 3);
    var illegal = IllegalArgumentException.class;
    assertMessage(illegal, "of float (2, 3)", () -> array.copyFrom(new float[2][3]));
    assertMessage(illegal, "double (3, 2)", () -> array.copyFrom(new double[3][2]));
    assertMessage(illegal, "double (5,)", () -> array.copyTo(new double[5]));
    assertMessage(
        illegal, "differ in length", () -> store.arrayOf(name(), new double[][] {{1}, {2, 3}}));
    assertMessage(
        illegal, "differ in length", () -> store.arrayOf(name(), new double[][] {{1}, null}));
    assertMessage(illegal, "java.lang.String", () -> store.arrayOf(name(), "text"));
    assertMessage(illegal, "Double[]", () -> store.arrayOf(name(), new Double[] {1.0}));
    array.copyFrom(new double[] {1, 2, 3, 4, 5, 6});
    assertEquals(6, array.getDouble(1, 2));
  }

  @Test
  void numberColumnsGoInAndOut() {
    double[] values = {1, Double.NaN, 3.5};
    SharedArray doubles = store.array(name(), double.class, 3);
    doubles.copyFrom(DoubleColumn.create("x", values));
    assertArrayEquals(values, (double[]) doubles.toJavaArray());
    assertEquals(1, doubles.toColumn("y").countMissing());
    var ints = IntColumn.create("n", 5, 6, 7);
    ints.setMissing(1);
    doubles.copyFrom(ints);
    assertTrue(Double.isNaN(doubles.getDouble(1)));
    SharedArray longs = store.array(name(), long.class, 3);
    assertMessage(
        IllegalArgumentException.class, "missing value in row 1", () -> longs.copyFrom(ints));
    assertMessage(
        IllegalArgumentException.class,
        "3.5 in row 2",
        () -> longs.copyFrom(DoubleColumn.create("x", 1, 2, 3.5)));
    longs.copyFrom(LongColumn.create("l", Long.MAX_VALUE, 2, 3));
    assertEquals(Long.MAX_VALUE, ((LongColumn) longs.toColumn("l")).getLong(0));
    assertMessage(
        IllegalArgumentException.class,
        "2 rows and array",
        () -> longs.copyFrom(IntColumn.create("n", 1, 2)));
    for (Column<?> column :
        IntStream.range(0, 3)
            .mapToObj(i ->
                store
                    .arrayOf(name(), List.of(new byte[1], new int[1], new float[1]).get(i))
                    .toColumn("c"))
            .toList()) {
      assertEquals(1, column.size());
    }
    assertTrue(store.array(name(), byte.class, 1).toColumn("b") instanceof ShortColumn);
  }

  @Test
  void theSegmentIsTheMemoryItself() {
    SharedArray array = store.arrayOf(name(), new int[] {1, 2, 3});
    assertEquals(3, array.segment().getAtIndex(ValueLayout.JAVA_INT, 2));
    array.slice(1, 3).segment().setAtIndex(ValueLayout.JAVA_INT, 0, 20);
    assertEquals(20, array.getLong(1));
    assertEquals(0, array.segment().address() % 64);
  }

  @Test
  void aSavedViewIsAFileOfItsOwn() throws Exception {
    SharedArray array = store.arrayOf(name(), new double[][] {{1, 2}, {3, 4}, {5, 6}});
    Path file = folder.resolve("saved.npy");
    array.slice(1, 3).save(file);
    SharedArray opened = Trestle.openNpy(file);
    array.fill(0.0);
    assertArrayEquals(new double[] {3, 4, 5, 6}, (double[]) opened.toJavaArray());
    assertTrue(opened.isReadOnly());
    Trestle.openNpyForWriting(file).setDouble(0, -3);
    assertEquals(-3, opened.getDouble(0));
    array.save(file);
    assertEquals(-3, opened.getDouble(0), "who has it open keeps what was there");
    assertEquals(0, Trestle.openNpy(file).getDouble(0));
    try (var left = Files.list(folder)) {
      assertEquals(List.of(), left.filter(f -> f.toString().endsWith(".tmp")).toList());
    }
    assertMessage(
        StoreException.class, "there is no file", () -> Trestle.openNpy(folder.resolve("none")));
  }

  @Test
  void atomicOperationsReturnWhatWasThere() {
    for (Class<?> type : List.of(int.class, long.class)) {
      var counts = store.array(name(), type, 3).atomicLongs();
      assertEquals(0, counts.getAndAdd(2, 5));
      assertEquals(5, counts.getAndAdd(2, -7));
      assertEquals(-2, counts.get(2));
      assertFalse(counts.compareAndSet(2, 5, 6));
      assertTrue(counts.compareAndSet(2, -2, 6));
      counts.set(0, 9);
      assertEquals(9, counts.get(0));
      assertThrows(IndexOutOfBoundsException.class, () -> counts.get(3));
    }
    for (Class<?> type : List.of(float.class, double.class)) {
      var sums = store.array(name(), type, 3).atomicDoubles();
      assertEquals(0, sums.getAndAdd(1, 0.5));
      assertEquals(0.5, sums.getAndAdd(1, 0.25));
      assertTrue(sums.compareAndSet(1, 0.75, Double.NaN));
      assertTrue(sums.compareAndSet(1, Double.NaN, -0.0));
      assertFalse(sums.compareAndSet(1, 0.0, 1));
      sums.set(0, 3);
      assertEquals(3, sums.get(0));
    }
    assertMessage(
        UnsupportedOperationException.class,
        "for int and long",
        () -> store.array(name(), short.class, 1).atomicLongs());
  }

  @Test
  void theCatalogueTellsWhatThereIs() {
    store.array("listed", float.class, 2, 3);
    StoredArray line =
        store.arrays().stream().filter(a -> a.name().equals("listed")).findFirst().orElseThrow();
    assertEquals(ElementType.FLOAT, line.type());
    assertEquals("(2, 3)", line.shape());
    assertEquals(128 + 24, line.bytes());
    assertEquals(ProcessHandle.current().pid(), line.ownerPid());
    assertFalse(line.kept());
    store.keep("listed");
    assertTrue(store.arrays().stream().anyMatch(a -> a.name().equals("listed") && a.kept()));
    assertTrue(store.drop("listed"));
    assertTrue(store.arrays().stream().noneMatch(a -> a.name().equals("listed")));
    assertMessage(NoSuchArrayException.class, "'listed'", () -> store.attachArray("listed"));
  }

  @Test
  void aKeptArrayOutlivesItsSessionAndOthersGoWithIt() {
    Path other = folder.resolve("lifetime");
    try (Store first = Store.open(other)) {
      first.arrayOf("kept", new double[] {1, 2});
      first.arrayOf("gone", new double[] {1, 2});
      first.keep("kept");
    }
    try (Store second = Store.open(other)) {
      assertEquals(List.of("kept"), second.arrays().stream().map(StoredArray::name).toList());
      assertEquals(2, second.attachArray("kept").getDouble(1));
      second.drop("kept");
    }
  }

  @Test
  void whoHasAnArrayAttachedKeepsItWhenItIsReplaced() {
    SharedArray before = store.arrayOf("version", new int[] {1, 2, 3});
    assertThrows(TableExistsException.class, () -> store.array("version", int.class, 3));
    SharedArray after = store.replaceArrayOf("version", new double[] {0.5});
    assertEquals(3, before.getLong(2));
    assertEquals(0.5, after.getDouble(0));
    assertEquals(0.5, store.attachArray("version").getDouble(0));
    assertEquals(2, store.replaceArray("version", ElementType.BYTE, 2).size());
  }

  private static <X extends Exception> void assertMessage(
      Class<X> type, String part, org.junit.jupiter.api.function.Executable action) {
    X thrown = assertThrows(type, action);
    assertTrue(String.valueOf(thrown.getMessage()).contains(part), thrown.getMessage());
  }
}
