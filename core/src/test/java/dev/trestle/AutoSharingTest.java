package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.closure.CaptureException;
import dev.trestle.closure.ClosureEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Large things that a task merely uses: once in the store instead of in each message. */
@Tag("slow")
@Timeout(60)
class AutoSharingTest extends WithWorkers {
  private static final int MANY = 300_000; // of doubles: 2.3 MiB

  private PooledWorkers pool;

  @BeforeEach
  void openAPool() {
    pool = (PooledWorkers) store.workers(1);
  }

  @AfterEach
  void itsFilesGoWithThePool() throws Exception {
    pool.close();
    assertEquals(List.of(), kept());
  }

  /** The files of pools. */
  private static List<Path> kept() throws Exception {
    try (var files = Files.list(folder.resolve("store"))) {
      return files.filter(each -> each.getFileName().toString().contains("pool")).toList();
    }
  }

  private static double[] numbers(int count) {
    return IntStream.range(0, count).asDoubleStream().toArray();
  }

  private static Table table() {
    return Table.create(
        "t",
        DoubleColumn.create("d", numbers(MANY)),
        StringColumn.create("s", IntStream.range(0, MANY).mapToObj(i -> "s" + i % 7)));
  }

  @Test
  void aMessageHoldsNothingOfALargeArray() throws Exception {
    double[] large = numbers(10 * MANY);
    Task<Integer, Double> task = i -> large[i];
    try (TableCourier carried = pool.courier()) {
      byte[] message = new ClosureEncoder(object -> object).with(carried).encodeTask(task).bytes();
      assertTrue(message.length < 5_000, "bytes: " + message.length);
      assertEquals(8L * large.length, Files.size(kept().getFirst()));
    }
  }

  @Test
  void twoCallsShareALargeArrayOnce() throws Exception {
    double[] large = numbers(MANY);
    assertEquals(List.of(7.0), pool.map(List.of(7), i -> large[i]));
    List<Path> first = kept();
    assertEquals(List.of(8.0, 9.0), pool.map(List.of(8, 9), i -> large[i]));
    assertEquals(first, kept());
    assertEquals(1, first.size());
  }

  @Test
  void aChangedElementIsSeenByTheNextCall() throws Exception {
    double[] large = numbers(MANY);
    assertEquals(List.of(7.0), pool.map(List.of(7), i -> large[i]));
    List<Path> before = kept();
    large[7] = -1;
    assertEquals(List.of(-1.0), pool.map(List.of(7), i -> large[i]));
    assertNotEquals(before, kept());
    assertEquals(1, kept().size());
  }

  @Test
  void whatATaskChangesInItsArrayStaysThere() {
    double[] large = numbers(MANY);
    Task<Integer, Double> task = i -> large[i]++;
    assertEquals(List.of(5.0), pool.map(List.of(5), task));
    assertEquals(List.of(5.0), pool.map(List.of(5), task));
    assertEquals(5.0, large[5]);
  }

  @Test
  void arraysThatAreLargeTogetherShareAFile() throws Exception {
    long[][] matrix = new long[300][1_000];
    matrix[200][3] = 42;
    Map<String, float[]> byName = new HashMap<>(Map.of("a", new float[20_000]));
    byName.get("a")[9] = 1.5f;
    List<int[]> lists = List.of(new int[] {1, 2}, new int[5_000]);
    assertEquals(
        List.of("42 1.5 2 5000"),
        pool.map(
            List.of(0),
            none ->
                matrix[200][3]
                    + " "
                    + byName.get("a")[9]
                    + " "
                    + lists.get(0)[1]
                    + " "
                    + lists.get(1).length));
    assertEquals(1, kept().size());
  }

  @Test
  void allTypesOfNumbersKeepTheirValues() {
    byte[] bytes = new byte[1 << 20];
    short[] shorts = new short[1 << 20];
    char[] chars = new char[1 << 20];
    int[] ints = new int[1 << 20];
    bytes[1] = -1;
    shorts[2] = -2;
    chars[3] = 'c';
    ints[4] = -4;
    assertEquals(
        List.of("-1 -2 c -4"),
        pool.map(List.of(0), x -> bytes[1] + " " + shorts[2] + " " + chars[3] + " " + ints[4]));
  }

  @Test
  void anArrayThatTwoPlacesHoldIsOneArrayInTheTask() {
    double[] large = numbers(MANY);
    List<double[]> twice = List.of(large, large);
    assertEquals(List.of(true), pool.map(List.of(0), x -> twice.get(0) == twice.get(1)));
  }

  @Test
  void anArrayOfMoreThanAMessageMayHoldTravels() {
    byte[] huge = new byte[80 << 20];
    huge[huge.length - 1] = 3;
    assertEquals(List.of((byte) 3), pool.map(List.of(0), x -> huge[huge.length - 1]));
  }

  @Test
  void aLargeHeapTableIsWrittenOnceForTwoCalls() throws Exception {
    Table heap = table();
    Task<Integer, String> task = i -> heap.doubleColumn("d").get(i) + heap.stringColumn("s").get(i);
    assertEquals(List.of("8.0s1"), pool.map(List.of(8), task));
    List<Path> first = kept();
    assertEquals(1, first.size());
    assertEquals(List.of("9.0s2"), pool.map(List.of(9), task));
    assertEquals(first, kept());
  }

  @Test
  void aChangedCellOfATableIsSeenByTheNextCall() throws Exception {
    Table heap = table();
    Task<Integer, String> task = i -> heap.stringColumn("s").get(i);
    assertEquals(List.of("s1"), pool.map(List.of(8), task));
    heap.stringColumn("s").set(8, "new");
    assertEquals(List.of("new"), pool.map(List.of(8), task));
    heap.stringColumn("s").setMissing(8);
    assertEquals(List.of(""), pool.map(List.of(8), task));
    assertEquals(1, kept().size());
  }

  @Test
  void aLargeColumnIsWrittenOnce() throws Exception {
    IntColumn column = IntColumn.indexColumn("n", MANY, 0);
    assertEquals(List.of(7), pool.map(List.of(7), i -> column.get(i)));
    List<Path> first = kept();
    assertEquals(List.of(8), pool.map(List.of(8), i -> column.get(i)));
    assertEquals(first, kept());
  }

  @Test
  void whatNobodyHasAnyMoreIsDroppedByALaterCall() throws Exception {
    useAnArrayOnce();
    assertEquals(1, kept().size());
    NothingLeft.await(() -> {
      System.gc();
      double[] other = numbers(MANY);
      pool.map(List.of(0), i -> other[i]);
      return keptCount() == 1;
    });
    assertEquals(1, keptCount());
  }

  private void useAnArrayOnce() {
    double[] large = numbers(MANY);
    pool.map(List.of(0), i -> large[i]);
  }

  private static int keptCount() {
    try {
      return kept().size();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void smallArraysTravelInTheMessage() throws Exception {
    double[] small = numbers(100);
    assertEquals(List.of(3.0), pool.map(List.of(3), i -> small[i]));
    assertEquals(List.of(), kept());
  }

  @Test
  void whatIsTooLargeAndCannotBeSharedIsNamed() {
    char[] letters = new char[70 << 20];
    Arrays.fill(letters, 'x');
    String text = new String(letters);
    List<Integer> boxed = new ArrayList<>(List.of(1, 2));
    var refused =
        assertThrows(
            CaptureException.class, () -> pool.map(List.of(0), x -> text.length() + boxed.size()));
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains("it would take more than 64.0 MiB"), message);
    assertTrue(message.contains("captured local 'text' (declared String) 6"), message);
    assertTrue(message.contains("texts and numbers are shared instead of sent"), message);
    assertFalse(message.contains("boxed"), message);
  }
}
