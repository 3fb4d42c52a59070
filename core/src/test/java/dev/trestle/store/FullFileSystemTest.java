package dev.trestle.store;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.SharedTable;
import dev.trestle.SmallFileSystem;
import dev.trestle.Store;
import dev.trestle.Unfinished;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/** On a real tmpfs of 4 MiB; needs the right to mount one. */
class FullFileSystemTest {
  @TempDir Path folder;
  private Path small;
  private SmallFileSystem mounted;

  @BeforeEach
  void mount() throws Exception {
    small = folder.resolve("small");
    mounted = SmallFileSystem.mount(small, 4);
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted != null) {
      mounted.close();
    }
  }

  @Test
  void aTableThatDoesNotFitIsRefusedBeforeAnythingIsWritten() throws IOException {
    try (Store store = Store.open(small)) {
      var full = assertThrows(StoreFullException.class, () -> store.share("big", ints(2_000_000)));
      assertTrue(full.getMessage().contains("'big'"), full.getMessage());
      assertTrue(full.getMessage().contains("free"), full.getMessage());
      assertEquals(List.of(), store.tables());
      assertNoTemporaries();
      store.share("small", ints(1000));
    }
  }

  @Test
  void whatGoesToTheNextFolderIsToldWithSizesAndHowSharedMemoryGetsLarger() throws Exception {
    Path shared = Files.createTempDirectory(Path.of("/dev/shm"), "trestle-test-");
    Path disk = folder.resolve("disk");
    var said = new ArrayList<String>();
    var logger = Logger.getLogger("dev.trestle");
    var listening =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            said.add(MessageFormat.format(line.getMessage(), line.getParameters()));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    var second = assertDoesNotThrow(() -> SmallFileSystem.mount(shared, 4));
    logger.addHandler(listening);
    try (Store store = Store.open(shared, disk)) {
      SharedTable big = store.share("big", ints(2_000_000));
      assertTrue(big.location().startsWith(disk));
      String free = "%s has [\\d.]+ MiB free".formatted(shared);
      assertTrue(
          said.getFirst()
              .matches(
                  "'big' needs 7\\.\\d\\d MiB: %s\\. It is put in %s instead \\(docker run --shm-size=1g makes room\\)"
                      .formatted(free, disk)),
          said::toString);
    } finally {
      logger.removeHandler(listening);
      second.close();
      Files.delete(shared);
    }
  }

  @Test
  void aFileSystemThatFillsUpWhileATableIsWrittenIsAnErrorAndLeavesNothing() throws IOException {
    try (Store store = Store.open(small)) {
      Table table = ints(900_000); // 3.6 MB fit
      // A column that takes the room away while it is being written.
      Catalogue catalogue = Catalogue.open(List.of(StoreFolder.open(small)));
      var thief =
          new Bytes() {
            @Override
            public long size() {
              return 4;
            }

            @Override
            public void writeTo(java.nio.channels.FileChannel file, long position)
                throws IOException {
              try (OutputStream out = Files.newOutputStream(small.resolve("thief"))) {
                out.write(new byte[8 << 20]);
              }
            }
          };
      var content =
          TableContent.of(
              1,
              List.of(new ColumnPayload("a", ColumnKind.INT, 0, List.of(Bytes.NONE, thief), null)));
      var full = assertThrows(StoreFullException.class, () -> catalogue.commit("t", content));
      assertTrue(full.getMessage().contains("nothing was kept"), full.getMessage());
      Files.delete(small.resolve("thief"));
      catalogue.close();
      assertNoTemporaries();
      store.share("t", table);
    }
  }

  @Test
  void aDelimitedFileThatDoesNotFitIsAnErrorAndLeavesNothing() throws IOException {
    Path csv = folder.resolve("big.csv");
    StringBuilder text = new StringBuilder("a,b\n");
    for (int i = 0; i < 700_000; i++) {
      text.append(i).append(',').append(i).append('\n');
    }
    Files.writeString(csv, text);
    try (Store store = Store.open(small)) {
      assertThrows(
          StoreFullException.class,
          () -> store.shareCsv("big", CsvReadOptions.builder(csv.toFile()).build()));
      assertEquals(List.of(), store.tables());
      assertNoTemporaries();
    }
  }

  @Test
  void aTableGoesToTheNextFolderWhenTheFirstIsFull() throws IOException {
    Path disk = folder.resolve("disk");
    Catalogue catalogue = Catalogue.open(List.of(StoreFolder.open(small), StoreFolder.open(disk)));
    var content =
        TableContent.of(
            2_000_000,
            List.of(
                new ColumnPayload(
                    "a",
                    ColumnKind.INT,
                    0,
                    List.of(
                        Bytes.NONE,
                        Bytes.of(java.lang.foreign.MemorySegment.ofArray(new int[2_000_000]))),
                    null)));
    assertEquals(disk, catalogue.commit("big", content).location().getParent());
    assertEquals(2_000_000, catalogue.open("big").rows());
    assertThrows(TableExistsException.class, () -> catalogue.commit("big", content));
    catalogue.close();
    try (var left = Files.list(disk)) {
      assertEquals(0, left.count());
    }
  }

  private void assertNoTemporaries() {
    assertEquals(List.of(), Unfinished.in(small));
  }

  private static Table ints(int rows) {
    return Table.create("t", IntColumn.indexColumn("a", rows, 0));
  }
}
