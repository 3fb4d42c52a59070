package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trestle.store.Bytes;
import dev.trestle.store.ChunkWriter;
import dev.trestle.store.ColumnKind;
import dev.trestle.store.ColumnPayload;
import dev.trestle.store.RepeatedTable;
import dev.trestle.store.StoreException;
import dev.trestle.store.TableContent;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** Some of a table's rows, and tables of more rows than Tablesaw can count. */
class SliceTest {
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
  void aSliceShowsItsRowsOnly() {
    Table heap = Tables.everyType(100, 1);
    SharedTable slice = store.share("everything", heap).slice(13, 40);
    assertEquals(40, slice.rowCount());
    assertEquals(heap.inRange(13, 53).print(50), slice.table().print(50));
  }

  @Test
  void aSliceOfASliceCountsFromItsOwnFirstRow() {
    SharedTable slice = numbers(100).slice(10, 50).slice(5, 3);
    assertEquals(List.of(15, 16, 17), slice.table().intColumn(0).asList());
  }

  @Test
  void aRangeThatIsNotInTheTableIsRefused() {
    SharedTable table = numbers(10);
    assertThrows(StoreException.class, () -> table.slice(5, 6));
    assertThrows(StoreException.class, () -> table.slice(-1, 2));
    assertThrows(StoreException.class, () -> table.slice(3, -1));
    assertThrows(StoreException.class, () -> table.slice(2, 2).slice(1, 2));
    assertThrows(StoreException.class, () -> table.slice(Long.MAX_VALUE, Long.MAX_VALUE));
    assertEquals(0, table.slice(10, 0).table().rowCount());
  }

  @Test
  void partitionsAreContiguousNearlyEqualAndNeverEmpty() {
    for (int rows : new int[] {0, 1, 7, 12, 100}) {
      SharedTable table = store.share("t" + rows, numbersOnTheHeap(rows));
      for (int n : new int[] {1, 3, 7, 200}) {
        List<SharedTable> parts = table.partitions(n);
        assertEquals(Math.min(n, rows), parts.size());
        assertEquals(
            IntStream.range(0, rows).boxed().toList(),
            parts.stream().flatMap(p -> p.table().intColumn(0).asList().stream()).toList());
        LongStream sizes = parts.stream().mapToLong(SharedTable::rowCount);
        var spread = sizes.summaryStatistics();
        assertTrue(rows == 0 || spread.getMax() - spread.getMin() <= 1, spread.toString());
      }
    }
    SharedTable some = numbers(3);
    assertThrows(IllegalArgumentException.class, () -> some.partitions(0));
  }

  @Test
  void aSliceIsWrittenAsDelimitedText() throws IOException {
    Path csv = folder.resolve("slice.csv");
    numbers(100).slice(97, 3).writeCsv(csv, ',');
    assertEquals("n\n97\n98\n99\n", Files.readString(csv));
  }

  @Test
  void aSliceTravelsToAWorkerWithItsRange() {
    SharedTable table = numbers(100);
    Table shown = table.slice(20, 10).table();
    try (Workers workers = store.workers(1)) {
      List<Double> sums =
          workers.map(table.partitions(4), part -> part.table().intColumn("n").sum());
      assertEquals(List.of(300.0, 925.0, 1550.0, 2175.0), sums);
      assertEquals(
          List.of(245.0), workers.map(List.of("n"), column -> shown.intColumn(column).sum()));
    }
  }

  @Test
  void aTableOfMoreRowsThanTablesawCanCountIsSeenInSlices() throws IOException {
    SharedTable part = store.share("part", numbersOnTheHeap(1_000_000));
    var table = new SharedTable(null, RepeatedTable.of(part.location(), 2_200));
    assertEquals(2_200_000_000L, table.rowCount());
    var refused = assertThrows(StoreException.class, table::table);
    assertTrue(refused.getMessage().contains("slice(from, rows)"), refused.getMessage());
    assertTrue(refused.getMessage().contains("partitions(n)"), refused.getMessage());

    SharedTable last = table.slice(2_199_999_998L, 2);
    assertEquals(List.of(999_998, 999_999), last.table().intColumn(0).asList());
    Table across = table.slice(2_149_999_999L, 3).table();
    assertEquals(List.of(999_999, 0, 1), across.intColumn(0).asList());
    List<SharedTable> halves = table.partitions(2);
    assertEquals(1_100_000_000, halves.get(1).table().rowCount());
    assertEquals(999_999, halves.get(1).table().intColumn(0).getInt(1_099_999_999));
  }

  /** Two columns, so that the second one lies behind the first 2 GiB. */
  @Test
  @Tag("slow")
  void aFileOfMoreThanTwoGibibytesIsReadToItsEnd() throws IOException {
    long rows = 150_000_000;
    long bytes = 2 * rows * Long.BYTES;
    assumeTrue(Files.getFileStore(folder).getUsableSpace() > bytes + (1L << 30), "no room");
    SharedTable table =
        store.commit("big", TableContent.of(rows, List.of(counting("up", 1), counting("by3", 3))));
    try {
      assertTrue(Files.size(table.location()) > Integer.MAX_VALUE);
      Table all = table.table();
      for (int row : new int[] {0, 75_000_000, 149_999_999}) {
        assertEquals(row, all.longColumn("up").getLong(row));
        assertEquals(3L * row, all.longColumn("by3").getLong(row));
      }
      Table end = table.slice(rows - 2, 2).table();
      assertEquals(List.of(449_999_994L, 449_999_997L), end.longColumn("by3").asList());
    } finally {
      table.drop();
    }
  }

  private static ColumnPayload counting(String name, long step) {
    Bytes values =
        new Bytes() {
          @Override
          public long size() {
            return 150_000_000L * Long.BYTES;
          }

          @Override
          public void writeTo(FileChannel file, long position) throws IOException {
            var out = new ChunkWriter(file, position);
            for (long row = 0; row < 150_000_000L; row++) {
              out.room(Long.BYTES).putLong(row * step);
            }
            out.flush();
          }
        };
    return new ColumnPayload(name, ColumnKind.LONG, 0, List.of(Bytes.NONE, values), null);
  }

  private SharedTable numbers(int rows) {
    return store.share("n" + rows, numbersOnTheHeap(rows));
  }

  private static Table numbersOnTheHeap(int rows) {
    return Table.create("numbers", IntColumn.indexColumn("n", rows, 0));
  }
}
