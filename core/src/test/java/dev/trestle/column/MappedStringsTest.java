package dev.trestle.column;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trestle.Store;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** A mapped string column answers as the heap one does, with a dictionary and without. */
class MappedStringsTest {
  private static final int MANY = 70_000; // more distinct strings than always get a dictionary

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

  @Test
  void aColumnWithADictionaryAnswersAsOnTheHeap() {
    var random = new Random(1);
    var heap = StringColumn.create("s");
    for (int row = 0; row < 500; row++) {
      heap.append(random.nextInt(9) == 0 ? "" : "word" + random.nextInt(20));
    }
    StringColumn mapped = share(heap, "dictionary");
    assertSameAnswers(heap, mapped, "word3");
    assertEquals(dummies(heap), dummies(mapped));
    assertArrayEquals(heap.asDoubleArray(), mapped.asDoubleArray());
    for (int row = 0; row < heap.size(); row++) {
      assertEquals(heap.getDouble(row), mapped.getDouble(row));
    }
  }

  @Test
  void aColumnWithoutADictionaryAnswersAsOnTheHeap() {
    var heap = StringColumn.create("s");
    for (int row = 0; row < MANY; row++) {
      heap.append(row % 7 == 0 ? "" : "text " + row);
    }
    heap.append("text 8");
    StringColumn mapped = share(heap, "text");
    assertSameAnswers(heap, mapped, "text 8");
  }

  @Test
  void aColumnWithoutMissingValuesAnswersAsOnTheHeap() {
    var heap = StringColumn.create("s", "a", "b", "a");
    assertSameAnswers(heap, share(heap, "complete"), "a");
  }

  @Test
  void aColumnWithoutRowsAnswersAsOnTheHeap() {
    var heap = StringColumn.create("s");
    assertSameAnswers(heap, share(heap, "empty"), "a");
  }

  @Test
  void duplicateRowsAreTheSameOnesAsOnTheHeap() {
    Table heap =
        Table.create(
            "duplicates",
            StringColumn.create("a", "x", "y", "x", "", ""),
            StringColumn.create("b", "1", "2", "1", "3", "3"));
    Table mapped = store.share("duplicates", heap).table();
    assertEquals(heap.dropDuplicateRows().print(), mapped.dropDuplicateRows().print());
  }

  @Test
  void aHeapTableJoinsAMappedOneOnStrings() {
    Table left = Table.create("l", StringColumn.create("key", "a", "b", "", "c"));
    Table right =
        Table.create(
            "r",
            StringColumn.create("key", "c", "a", "d"),
            StringColumn.create("v", "1", "2", "3"));
    String wanted = left.joinOn("key").with(right).join().sortOn("key").print();
    Table mappedLeft = store.share("l", left).table();
    Table mappedRight = store.share("r", right).table();
    for (Table l : List.of(left, mappedLeft)) {
      for (Table r : List.of(right, mappedRight)) {
        assertEquals(wanted, l.joinOn("key").with(r).join().sortOn("key").print());
      }
    }
  }

  private StringColumn share(StringColumn heap, String name) {
    return store.share(name, Table.create(name, heap)).table().stringColumn(0);
  }

  private static void assertSameAnswers(StringColumn heap, StringColumn mapped, String some) {
    assertEquals(heap.size(), mapped.size());
    assertEquals(heap.asList(), mapped.asList());
    assertEquals(heap.isEmpty(), mapped.isEmpty());
    assertEquals(heap.countMissing(), mapped.countMissing());
    assertEquals(heap.countUnique(), mapped.countUnique());
    assertEquals(heap.asSet(), mapped.asSet());
    assertEquals(new HashSet<>(heap.unique().asList()), new HashSet<>(mapped.unique().asList()));
    assertArrayEquals(heap.isMissing().toArray(), mapped.isMissing().toArray());
    assertArrayEquals(heap.isNotMissing().toArray(), mapped.isNotMissing().toArray());
    for (String value : Arrays.asList(some, "", "nowhere", null)) {
      assertArrayEquals(heap.isEqualTo(value).toArray(), mapped.isEqualTo(value).toArray(), value);
      assertArrayEquals(
          heap.isNotEqualTo(value).toArray(), mapped.isNotEqualTo(value).toArray(), value);
      assertArrayEquals(
          heap.isIn(some, value).toArray(), mapped.isIn(some, value).toArray(), value);
      assertArrayEquals(
          heap.isNotIn(Arrays.asList(value, "b")).toArray(),
          mapped.isNotIn(Arrays.asList(value, "b")).toArray(),
          value);
      assertEquals(heap.firstIndexOf(value), mapped.firstIndexOf(value), value);
      assertEquals(heap.contains(value), mapped.contains(value), value);
      assertEquals(heap.countOccurrences(value), mapped.countOccurrences(value), value);
    }
    assertEquals(equalKeys(heap), equalKeys(mapped));
    assertEquals(counts(heap), counts(mapped));
    assertEquals(heap.copy().asList(), mapped.copy().asList());
    assertEquals(heap.lag(2).asList(), mapped.lag(2).asList());
    assertEquals(heap.removeMissing().asList(), mapped.removeMissing().asList());
    assertEquals(heap.startsWith(some).size(), mapped.startsWith(some).size());
    assertEquals(heap.upperCase().asList(), mapped.upperCase().asList());
  }

  /** For each row the first one that has the same bytes, which Tablesaw groups and joins by. */
  private static List<Integer> equalKeys(StringColumn column) {
    var first = new HashMap<ByteBuffer, Integer>();
    var rows = new ArrayList<Integer>();
    for (int row = 0; row < column.size(); row++) {
      rows.add(first.computeIfAbsent(ByteBuffer.wrap(column.asBytes(row)), unknown -> rows.size()));
    }
    return rows;
  }

  private static Map<String, Integer> counts(StringColumn column) {
    var counts = new TreeMap<String, Integer>();
    for (Row row : column.countByCategory()) {
      counts.put(row.getString("Category"), row.getInt("Count"));
    }
    return counts;
  }

  private static Map<String, List<Boolean>> dummies(StringColumn column) {
    var dummies = new TreeMap<String, List<Boolean>>();
    for (BooleanColumn dummy : column.getDummies()) {
      dummies.put(dummy.name(), dummy.asList());
    }
    return dummies;
  }
}
