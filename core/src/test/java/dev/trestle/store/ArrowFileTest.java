package dev.trestle.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trestle.SharedTable;
import dev.trestle.Store;
import dev.trestle.Tables;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** The files as others see them. */
class ArrowFileTest {
  @TempDir Path folder;

  @Test
  void apachesOwnReaderSeesEveryValueAndEveryMissingOne() throws IOException {
    Table heap = Tables.everyType(1000, 11);
    try (Store store = Store.open(folder.resolve("store"));
        var allocator = new RootAllocator()) {
      Path file = store.share("t", heap).location();
      try (var reader = new ArrowFileReader(FileChannel.open(file), allocator)) {
        assertTrue(reader.loadNextBatch());
        VectorSchemaRoot root = reader.getVectorSchemaRoot();
        assertEquals(1000, root.getRowCount());
        for (FieldVector vector : root.getFieldVectors()) {
          Column<?> column = heap.column(vector.getName());
          var encoding = vector.getField().getDictionary();
          if (encoding == null) {
            assertSameValues(column, vector);
          } else {
            try (var decoded =
                (FieldVector)
                    DictionaryEncoder.decode(
                        vector, reader.getDictionaryVectors().get(encoding.getId()))) {
              assertSameValues(column, decoded);
            }
          }
        }
      }
    }
  }

  private static void assertSameValues(Column<?> column, FieldVector vector) {
    for (int row = 0; row < column.size(); row++) {
      Object found = vector.getObject(row);
      if (column.isMissing(row)) {
        assertNull(found, column.name());
      } else {
        assertEquals(arrow(column, row), String.valueOf(found), column.name());
      }
    }
  }

  /** A value as arrow-vector's own objects print it. */
  private static String arrow(Column<?> column, int row) {
    Object value = column.get(row);
    return switch (column.type().name()) {
      case "LOCAL_DATE" -> "" + ((java.time.LocalDate) value).toEpochDay();
      case "LOCAL_TIME" -> "" + ((java.time.LocalTime) value).atDate(java.time.LocalDate.EPOCH);
      case "INSTANT" -> "" + ((java.time.Instant) value).toEpochMilli();
      default -> "" + value;
    };
  }

  @Test
  void buffersLieAtMultiplesOf64Bytes() {
    try (Store store = Store.open(folder.resolve("store"))) {
      Path path = store.share("t", Tables.everyType(777, 12)).location();
      TableFile file = TableFile.open(path);
      for (StoredColumn column : file.columns()) {
        MemorySegment values =
            switch (column.chunks().getFirst()) {
              case Chunk.Values chunk -> chunk.values();
              case Chunk.Codes chunk -> chunk.codes();
              case Chunk.Text chunk -> chunk.text().index();
            };
        assertEquals(0, values.address() % 64, column.name());
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aColumnThatLacksValuesHasABitmapAndOthersHaveNone() throws IOException {
    int rows = 2 * 4096 + 100; // the writer takes blocks of 4096
    Set<Integer> gaps = Set.of(0, 63, 64, 4095, 4096, rows - 1);
    int[] numbers = IntStream.range(0, rows).toArray();
    String[] words = IntStream.range(0, rows).mapToObj(row -> "w" + row % 7).toArray(String[]::new);
    List<Column<?>> whole =
        List.of(IntColumn.create("n", numbers), StringColumn.create("w", words));
    List<Column<?>> lacking =
        List.of(IntColumn.create("n-", numbers), StringColumn.create("w-", words));
    gaps.forEach(row -> lacking.forEach(column -> column.setMissing(row)));
    try (Store store = Store.open(folder.resolve("store"))) {
      Table table = Table.create("t").addColumns(whole.toArray(Column<?>[]::new));
      table.addColumns(lacking.toArray(Column<?>[]::new));
      TableFile file = TableFile.open(store.share("t", table).location());
      for (StoredColumn column : file.columns()) {
        MemorySegment validity = column.chunks().getFirst().validity();
        boolean isWhole = !column.name().endsWith("-");
        assertEquals(isWhole ? 0 : gaps.size(), column.missing(), column.name());
        assertEquals(isWhole ? 0 : (rows + 7) / 8, validity.byteSize(), column.name());
        for (int row = 0; row < (isWhole ? 0 : rows); row++) {
          int bit = validity.get(ValueLayout.JAVA_BYTE, row >> 3) >> (row & 7) & 1;
          assertEquals(gaps.contains(row) ? 0 : 1, bit, column.name() + " " + row);
        }
      }
    }
  }

  @Test
  void filesAndFolderAreTheUsersAlone() throws IOException {
    Path storeFolder = folder.resolve("store");
    try (Store store = Store.open(storeFolder)) {
      SharedTable table = store.share("t", Tables.everyType(1, 1));
      assertEquals("rw-------", permissions(table.location()));
      assertEquals("rwx------", permissions(storeFolder));
    }
  }

  @Test
  void aFolderThatIsOpenToOthersIsRefused() throws IOException {
    Path open =
        Files.createDirectory(
            folder.resolve("open"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-x---"));
    var refused = assertThrows(StoreException.class, () -> Store.open(open));
    assertTrue(refused.getMessage().contains("chmod 700"), refused.getMessage());
  }

  @Test
  void aFolderOfAnotherUserIsRefused() throws IOException {
    Path theirs =
        Files.createDirectory(
            folder.resolve("theirs"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try {
      Files.setAttribute(theirs, "unix:uid", 12345);
    } catch (FileSystemException e) {
      assumeTrue(false, "this user may not give a folder away");
    }
    var refused = assertThrows(StoreException.class, () -> Store.open(theirs));
    assertTrue(refused.getMessage().contains("belongs to user 12345"), refused.getMessage());
  }

  @Test
  void aFolderThatWasRemovedMeanwhileIsMadeAgain() throws IOException {
    Path removed = folder.resolve("removed");
    var catalogue =
        Catalogue.open(
            List.of(StoreFolder.open(folder.resolve("first")), StoreFolder.open(removed)));
    try (var tree = Files.walk(removed)) {
      for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
    assertEquals(removed, catalogue.folders().get(1).path());
    assertTrue(catalogue.folders().get(1).free() > 0);
    assertTrue(Files.exists(removed));
    catalogue.close();
  }

  @Test
  void aLinkInPlaceOfTheFolderIsRefused() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("elsewhere"));
    var refused = assertThrows(StoreException.class, () -> Store.open(link));
    assertTrue(refused.getMessage().contains("link"), refused.getMessage());
  }

  @Test
  void aDamagedFileIsAnErrorThatNamesItOrATableButNeverACrash() throws IOException {
    try (Store store = Store.open(folder.resolve("store"))) {
      Path original = store.share("t", Tables.everyType(50, 13)).location();
      byte[] good = Files.readAllBytes(original);
      var random = new Random(14);
      int refused = 0;
      for (int i = 0; i < 2000; i++) {
        byte[] bad = good.clone();
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
          // Mostly the metadata: the schema in front, the footer at the end.
          int at =
              random.nextBoolean()
                  ? random.nextInt(bad.length)
                  : bad.length - 1 - random.nextInt(3000);
          bad[at] = (byte) random.nextInt(256);
        }
        Path damaged = original.resolveSibling("damaged.arrow");
        Files.write(damaged, bad);
        try {
          store.attach("damaged").table().print();
        } catch (StoreException e) {
          refused++;
        }
      }
      assertTrue(refused > 100, "only " + refused + " of 2000 damaged files were noticed");
      Files.delete(original.resolveSibling("damaged.arrow"));
    }
  }

  @Test
  void aTruncatedFileIsAnError() throws IOException {
    try (Store store = Store.open(folder.resolve("store"))) {
      Path original = store.share("t", Tables.everyType(50, 13)).location();
      byte[] good = Files.readAllBytes(original);
      Path cut = original.resolveSibling("cut.arrow");
      for (int length = 0; length < good.length; length += 97) {
        Files.write(cut, java.util.Arrays.copyOf(good, length));
        var damaged = assertThrows(StoreException.class, () -> store.attach("cut"));
        assertTrue(damaged.getMessage().contains("cut.arrow"), damaged.getMessage());
      }
      Files.delete(cut);
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
