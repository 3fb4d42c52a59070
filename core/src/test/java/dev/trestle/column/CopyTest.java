package dev.trestle.column;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.Tables;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntList;
import it.unimi.dsi.fastutil.ints.IntListIterator;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.InstantColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.api.TimeColumn;
import tech.tablesaw.columns.Column;

/** A copy of a mapped column reads the mapping until it is written to, and is then on the heap. */
class CopyTest {
  private static final Table HEAP = Tables.everyType(40, 3);

  private static Table mapped(ForeignColumns.Form form) {
    return ForeignColumns.views(HEAP, 3, form).get();
  }

  @ParameterizedTest
  @EnumSource(ForeignColumns.Form.class)
  void aCopyIsChangedLikeAHeapColumnAndTheOriginalStays(ForeignColumns.Form form) {
    Map<String, Consumer<Column<?>>> changes =
        Map.of(
            "append",
            column -> column.appendMissing(),
            "set",
            column -> column.setMissing(7),
            "sort up",
            Column::sortAscending,
            "sort down",
            Column::sortDescending,
            "clear",
            Column::clear,
            "clear and append",
            column -> column.clear(),
            "append itself",
            CopyTest::appendAnother);
    changes.forEach((label, change) -> {
      for (int i = 0; i < HEAP.columnCount(); i++) {
        Column<?> wanted = HEAP.column(i).copy();
        Column<?> original = mapped(form).column(i);
        Column<?> copy = original.copy();
        assertSame(HEAP.column(i), copy, "before " + label);
        for (Column<?> changed : List.of(wanted, copy)) {
          change.accept(changed);
          change.accept(changed);
        }
        assertSame(wanted, copy, label);
        assertSame(HEAP.column(i), original, "the original after " + label);
      }
    });
  }

  @SuppressWarnings("unchecked")
  private static void appendAnother(Column<?> column) {
    ((Column<Object>) column).append((Column<Object>) column.copy());
  }

  @Test
  void aCopyOfACopyIsOfItsOwn() {
    for (int i = 0; i < HEAP.columnCount(); i++) {
      Column<?> copy = mapped(ForeignColumns.Form.PLAIN).column(i).copy();
      Column<?> early = copy.copy();
      copy.setMissing(0);
      Column<?> late = copy.copy();
      copy.clear();
      assertSame(HEAP.column(i), early, "made before the write");
      assertEquals(HEAP.rowCount(), late.size());
      late.clear();
      assertEquals(HEAP.rowCount(), early.size());
    }
  }

  /** Tablesaw catches every exception there, so that it would seem to be done. */
  @Test
  void fillingFromASupplierIsRefusedAloud() {
    Table mapped = mapped(ForeignColumns.Form.PLAIN);
    int refused = 0;
    for (Column<?> column : mapped.columns()) {
      for (Runnable fill : fills(column)) {
        var error = assertThrows(WriteRefusedError.class, fill::run, column.name());
        assertTrue(error.getMessage().contains("column.copy()"), error.getMessage());
        refused++;
      }
      assertSame(HEAP.column(column.name()), column, "after the refusal");
    }
    assertEquals(6, refused);
  }

  private static List<Runnable> fills(Column<?> column) {
    return switch (column) {
      case DoubleColumn doubles -> List.of(() -> doubles.fillWith(() -> 1.0));
      case BooleanColumn truths -> List.of(() -> truths.fillWith(() -> true));
      case DateColumn dates -> List.of(() -> dates.fillWith(() -> LocalDate.EPOCH));
      case TimeColumn times -> List.of(() -> times.fillWith(() -> LocalTime.NOON));
      case DateTimeColumn both -> List.of(() -> both.fillWith(() -> LocalDateTime.MIN));
      case InstantColumn instants -> List.of(() -> instants.fillWith(() -> Instant.EPOCH));
      default -> List.of();
    };
  }

  @Test
  void aCopyTakesNoRoomUntilItIsWrittenTo() {
    var list = new MappedIntList(ForeignColumns.allocate(400), 100);
    IntArrayList copy = list.clone();
    assertEquals(100, copy.size());
    assertEquals(0, copy.getInt(99));
    assertNull(array(copy));
    assertNull(array(copy.clone()));
    copy.set(3, 5);
    assertNotNull(array(copy));
    assertEquals(5, copy.getInt(3));
    assertEquals(0, list.getInt(3));
  }

  @Test
  void clearingACopyCopiesNothing() {
    var list = new MappedIntList(ForeignColumns.allocate(400), 100);
    IntArrayList copy = list.clone();
    copy.clear();
    assertEquals(0, array(copy).length);
    copy.add(1);
    assertEquals(List.of(1), copy);
  }

  @Test
  void aMappedListItselfNeverBecomesAHeapList() {
    var list = new MappedIntList(ForeignColumns.allocate(400), 100);
    assertThrows(UnsupportedOperationException.class, () -> list.add(1));
    assertThrows(UnsupportedOperationException.class, list::clear);
    assertThrows(UnsupportedOperationException.class, list::elements);
    assertThrows(
        UnsupportedOperationException.class,
        () -> list.iterator().forEachRemaining(i -> list.set(i, i)));
    assertNull(array(list));
  }

  /** fastutil reads the array of another list directly; a mapped one must not look empty to it. */
  @Test
  void anotherListThatReachesForTheArrayFailsLoudlyUntilThereIsOne() {
    IntArrayList copy = ints(9, 1).clone();
    IntArrayList heap = new IntArrayList(ints(9, 1).toIntArray());
    assertThrows(NullPointerException.class, () -> heap.equals(copy));
    assertThrows(NullPointerException.class, () -> new IntArrayList(copy));
    assertEquals(copy, heap);
    assertEquals(0, copy.compareTo(heap));
    copy.set(0, copy.getInt(0));
    assertEquals(heap, copy);
    assertEquals(copy, heap);
    assertEquals(heap, new IntArrayList(copy));
    assertEquals(0, heap.compareTo(copy));
    assertEquals(heap.hashCode(), copy.hashCode());
  }

  /** The same random operations on a copy and on a heap list. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aCopyGoesThroughAnyOperationsAsAHeapListDoes(long seed) {
    IntArrayList copy = ints(50, seed).clone();
    IntArrayList heap = new IntArrayList(ints(50, seed).toIntArray());
    var random = new Random(seed);
    var done = new ArrayList<String>();
    for (int step = 0; step < 200; step++) {
      int operation = random.nextInt(22);
      int at = heap.isEmpty() ? 0 : random.nextInt(heap.size());
      int value = random.nextInt(100);
      done.add(operation + "@" + at);
      Object wanted = apply(heap, operation, at, value);
      Object found = apply(copy, operation, at, value);
      assertEquals(String.valueOf(wanted), String.valueOf(found), done.toString());
      assertArrayEquals(heap.toIntArray(), copy.toIntArray(), done.toString());
    }
    assertFalse(done.isEmpty());
  }

  private static Object apply(IntArrayList list, int operation, int at, int value) {
    IntList more = IntList.of(value, 7, value);
    return switch (operation) {
      case 0 -> list.add(value);
      case 1 -> {
        list.add(at, value);
        yield list.size();
      }
      case 2 -> list.isEmpty() ? -1 : list.set(at, value);
      case 3 -> list.isEmpty() ? -1 : list.removeInt(at);
      case 4 -> list.rem(value);
      case 5 -> list.indexOf(value) + list.lastIndexOf(value);
      case 6 -> list.addAll(more);
      case 7 -> list.addAll(at, more);
      case 8 -> list.removeIf(i -> i == value);
      case 9 -> list.subList(at, list.size()).toString();
      case 10 -> {
        list.size(list.size() + 2);
        yield list;
      }
      case 11 -> {
        list.removeElements(at, Math.min(at + 2, list.size()));
        yield list;
      }
      case 12 -> {
        list.addElements(at, new int[] {1, 2, 3}, 1, 2);
        yield list;
      }
      case 13 -> {
        list.sort(null);
        yield list;
      }
      case 14 -> {
        IntListIterator iterator = list.listIterator(at);
        if (iterator.hasNext()) {
          iterator.nextInt();
          iterator.set(value);
          iterator.add(value + 1);
        }
        yield list;
      }
      case 15 -> list.intStream().sum();
      case 16 -> list.contains(value) ? list.retainAll(IntList.of(1, 2, 3, value)) : "no";
      case 17 -> {
        list.replaceAll(i -> i + 1);
        yield list;
      }
      case 18 -> list.removeAll(more);
      case 19 -> list.equals(List.copyOf(list)) && list.compareTo(List.copyOf(list)) == 0;
      case 20 -> {
        list.trim();
        yield list.hashCode();
      }
      default -> {
        list.ensureCapacity(list.size() + 10);
        list.push(value);
        yield list.popInt();
      }
    };
  }

  private static MappedIntList ints(int size, long seed) {
    var segment = ForeignColumns.allocate(size * 4L);
    var random = new Random(seed);
    for (int i = 0; i < size; i++) {
      segment.set(dev.trestle.store.Layouts.INT, i * 4L, random.nextInt(100));
    }
    return new MappedIntList(segment, size);
  }

  private static int[] array(IntArrayList list) {
    try {
      var field = IntArrayList.class.getDeclaredField("a");
      field.setAccessible(true);
      return (int[]) field.get(list);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertSame(Column<?> wanted, Column<?> found, String label) {
    assertEquals("" + Plain.of(wanted), "" + Plain.of(found), label);
    assertEquals(wanted.countMissing(), found.countMissing(), label);
  }
}
