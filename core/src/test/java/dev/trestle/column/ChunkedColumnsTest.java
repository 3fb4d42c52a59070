package dev.trestle.column;

import static dev.trestle.column.ForeignColumns.allocate;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.Tables;
import dev.trestle.store.Chunk;
import dev.trestle.store.ColumnKind;
import dev.trestle.store.StoreException;
import dev.trestle.store.StoredColumn;
import dev.trestle.store.StoredText;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Columns whose rows lie in several chunks, or as other writers lay them out. */
class ChunkedColumnsTest {
  private static final MemorySegment NONE = MemorySegment.NULL;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void everyTypeReadsAsOnTheHeapHoweverItsChunksLie(long seed) {
    for (int rows : new int[] {0, 1, 9, 200}) {
      Table heap = Tables.everyType(rows, seed);
      for (ForeignColumns.Form form : ForeignColumns.Form.values()) {
        assertSameCells(heap, ForeignColumns.views(heap, seed, form).get());
      }
    }
  }

  @Test
  void rowsAreFoundInAnyOrder() {
    Table heap = Tables.everyType(300, 5);
    Table mapped = ForeignColumns.views(heap, 5, ForeignColumns.Form.CHUNKED).get();
    int[] order = new java.util.Random(5).ints(500, 0, 300).toArray();
    for (int i = 0; i < heap.columnCount(); i++) {
      for (int row : order) {
        assertEquals(heap.column(i).get(row), mapped.column(i).get(row), heap.column(i).name());
      }
    }
  }

  @Test
  void rowsInOneChunkWithSentinelsAreReadWithoutLookingForTheChunk() {
    var chunks = List.<Chunk>of(ints(1, 2, 3), ints(4, 5, 6, 7));
    var column = new StoredColumn("i", ColumnKind.INT, chunks);
    var columns = new MappedColumns(List.of(column), 7);
    assertEquals("MappedIntList", listOf(columns.rows(0, 3)));
    assertEquals("MappedIntList", listOf(columns.rows(4, 3)));
    assertEquals("ChunkedIntList", listOf(columns.rows(2, 2)));
    assertEquals(List.of(3, 4), columns.rows(2, 2).getFirst().asList());
    assertEquals(List.of(5, 6, 7), columns.rows(4, 3).getFirst().asList());
  }

  @Test
  void aRowBehindTheLastIsRefused() {
    Table heap = Tables.everyType(20, 1);
    Table mapped = ForeignColumns.views(heap, 1, ForeignColumns.Form.CHUNKED).get();
    for (Column<?> column : mapped.columns()) {
      if (!column.name().equals("boolean")) { // missing, as on the heap
        assertThrows(IndexOutOfBoundsException.class, () -> column.get(20), column.name());
      }
      assertThrows(IndexOutOfBoundsException.class, () -> column.get(-1), column.name());
    }
  }

  @Test
  void equalStringsOfDifferentDictionariesAreOneGroup() {
    var column =
        new StoredColumn(
            "s",
            ColumnKind.STRING,
            List.of(
                codes(List.of("a", "b"), 0, 1, 1),
                codes(List.of("b", "c", "b"), 0, 1, 2),
                text("c", "d", "a")));
    StringColumn mapped = strings(column);
    assertEquals(List.of("a", "b", "b", "b", "c", "b", "c", "d", "a"), mapped.asList());
    assertEquals(4, mapped.countUnique());
    assertEquals(new HashSet<>(List.of("a", "b", "c", "d")), mapped.asSet());
    assertArrayEquals(new int[] {1, 2, 3, 5}, mapped.isEqualTo("b").toArray());
    assertEquals(4, mapped.countOccurrences("b"));
    assertEquals(7, mapped.firstIndexOf("d"));
    assertTrue(mapped.equals(4, 6));
  }

  @Test
  void aStringThatADictionaryHoldsTwiceIsOneGroup() {
    var column =
        new StoredColumn("s", ColumnKind.STRING, List.of(codes(List.of("a", "b", "a"), 0, 1, 2)));
    StringColumn mapped = strings(column);
    assertEquals(2, mapped.countUnique());
    assertArrayEquals(new int[] {0, 2}, mapped.isEqualTo("a").toArray());
    assertArrayEquals(new int[] {0, 2}, mapped.isIn("a", "q").toArray());
    assertTrue(mapped.equals(0, 2));
    assertEquals(2, mapped.countOccurrences("a"));
    assertEquals(2, mapped.countByCategory().rowCount());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 3, 127})
  void aCodeThatIsNotInTheDictionaryIsAnErrorAndNeverAString(int code) {
    for (List<Chunk> chunks :
        List.of(
            List.<Chunk>of(codes(List.of("a", "b", "c"), 0, code)),
            List.<Chunk>of(codes(List.of("a", "b", "c"), 0, code), codes(List.of("d"), 0)))) {
      StringColumn mapped = strings(new StoredColumn("s", ColumnKind.STRING, chunks));
      assertEquals("a", mapped.get(0));
      assertThrows(StoreException.class, () -> mapped.get(1));
      assertThrows(StoreException.class, () -> mapped.isMissing(1));
      assertThrows(StoreException.class, () -> mapped.isEqualTo("a"));
      assertThrows(StoreException.class, mapped::countUnique);
      assertThrows(StoreException.class, () -> mapped.equals(0, 1));
      assertThrows(StoreException.class, () -> new Groups(mapped));
    }
  }

  @ParameterizedTest
  @EnumSource(StoredText.Layout.class)
  void textOfEveryLayoutIsReadAndSearched(StoredText.Layout layout) {
    List<String> values = List.of("", "short", "just twelve.", "thirteen and more \u20ac", "short");
    StoredText text = ForeignColumns.stored(values, layout);
    for (int from = 0; from < 3; from++) {
      var chunks = List.<Chunk>of(new Chunk.Text(5, 1, true, NONE, text));
      var column = new StoredColumn("s", ColumnKind.TEXT, chunks);
      var mapped =
          (StringColumn) new MappedColumns(List.of(column), 5).rows(from, 5 - from).getFirst();
      assertEquals(values.subList(from, 5), mapped.asList());
      assertEquals(4 - from, mapped.isEqualTo("short").toArray()[from < 2 ? 1 : 0]);
      assertEquals(3 - from, mapped.firstIndexOf("thirteen and more \u20ac"));
    }
  }

  @Test
  void aDateThatTablesawCannotHoldIsAnErrorAndNotAnotherDate() {
    MemorySegment days = allocate(4);
    days.set(ValueLayout.JAVA_INT, 0, 100_000_000);
    var chunk = new Chunk.Values(1, 0, true, NONE, days);
    Column<?> date =
        new MappedColumns(List.of(new StoredColumn("d", ColumnKind.DATE, List.of(chunk))), 1)
            .rows(0, 1)
            .getFirst();
    assertThrows(StoreException.class, () -> date.get(0));
  }

  private static Chunk ints(int... values) {
    MemorySegment segment = allocate(values.length * 4L);
    MemorySegment.copy(values, 0, segment, ValueLayout.JAVA_INT, 0, values.length);
    return new Chunk.Values(values.length, 0, true, NONE, segment);
  }

  private static Chunk codes(List<String> dictionary, int... codes) {
    MemorySegment segment = allocate(codes.length);
    for (int i = 0; i < codes.length; i++) {
      segment.set(ValueLayout.JAVA_BYTE, i, (byte) codes[i]);
    }
    StoredText entries = ForeignColumns.stored(dictionary, StoredText.Layout.OFFSETS_64);
    return new Chunk.Codes(codes.length, 0, true, NONE, segment, 1, entries);
  }

  private static Chunk text(String... values) {
    StoredText text = ForeignColumns.stored(Arrays.asList(values), StoredText.Layout.OFFSETS_32);
    return new Chunk.Text(values.length, 0, true, NONE, text);
  }

  private static StringColumn strings(StoredColumn column) {
    int rows = (int) column.chunks().stream().mapToLong(Chunk::rows).sum();
    return (StringColumn) new MappedColumns(List.of(column), rows).rows(0, rows).getFirst();
  }

  private static String listOf(List<Column<?>> columns) {
    try {
      var data = tech.tablesaw.api.IntColumn.class.getDeclaredField("data");
      data.setAccessible(true);
      return data.get(columns.getFirst()).getClass().getSimpleName();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  static void assertSameCells(Table heap, Table mapped) {
    assertEquals(heap.columnNames(), mapped.columnNames());
    for (int i = 0; i < heap.columnCount(); i++) {
      Column<?> wanted = heap.column(i);
      Column<?> found = mapped.column(i);
      assertEquals(wanted.getClass(), found.getClass());
      assertEquals(wanted.asList(), found.asList(), wanted.name());
      assertEquals(wanted.countMissing(), found.countMissing(), wanted.name());
      assertArrayEquals(wanted.isMissing().toArray(), found.isMissing().toArray(), wanted.name());
      assertEquals(wanted.countUnique(), found.countUnique(), wanted.name());
      assertArrayEquals(wanted.asObjectArray(), found.asObjectArray(), wanted.name());
      assertArrayEquals(
          wanted.asStringColumn().asObjectArray(), found.asStringColumn().asObjectArray());
    }
  }
}
