package dev.trestle.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replace and append, and who sees what of it. */
class VersionsTest {
  @TempDir Path temporary;
  private StoreFolder folder;
  private StoreFolder later;
  private Catalogue catalogue;

  @BeforeEach
  void open() {
    folder = StoreFolder.open(temporary.resolve("first"));
    later = StoreFolder.open(temporary.resolve("later"));
    catalogue = Catalogue.open(List.of(folder, later));
  }

  @AfterEach
  void close() throws IOException {
    catalogue.close();
    assertEquals(List.of(), files(folder));
    assertEquals(List.of(), files(later));
  }

  @Test
  void aReaderKeepsTheOldVersionWhileANewOneIsCommitted() {
    MappedTable first = catalogue.commit("t", Numbers.of(1, 100));
    MappedTable second = catalogue.replace("t", Numbers.of(2, 50));
    MappedTable third = catalogue.append("t", Numbers.of(3, 7));
    catalogue.drop("t");
    assertEquals(List.of(1L), Numbers.seeds(first));
    assertEquals(List.of(2L), Numbers.seeds(second));
    assertEquals(List.of(2L, 3L), Numbers.seeds(third));
    assertEquals(57, third.rows());
    assertEquals(List.of(1L, 2L, 3L), List.of(first.version(), second.version(), third.version()));
  }

  @Test
  void anAppendWritesNothingButTheNewRows() throws IOException {
    MappedTable first = catalogue.commit("t", Numbers.of(1, 100_000));
    Object rows = StoreFolder.identity(first.location());
    MappedTable second = catalogue.append("t", Numbers.of(2, 1));
    assertEquals(2, second.paths().size());
    assertEquals(rows, StoreFolder.identity(second.paths().getFirst()));
    assertTrue(Files.size(second.location()) < 10_000);
    var entry = (Entry.OfTable) catalogue.list().getFirst();
    assertEquals(100_001, entry.rows());
    assertEquals(second.bytes(), entry.place().bytes());
    assertEquals(second.paths(), entry.place().files());
    assertEquals(2, entry.version());
  }

  @Test
  void everyFileOfAnAppendedTableIsAnArrowFileForOthers() throws IOException {
    catalogue.commit("t", Numbers.of(1, 10));
    catalogue.append("t", Numbers.of(2, 20));
    List<Long> firsts = new ArrayList<>();
    for (Path file : catalogue.append("t", Numbers.of(3, 30)).paths()) {
      try (var allocator = new RootAllocator();
          var reader =
              new org.apache.arrow.vector.ipc.ArrowFileReader(FileChannel.open(file), allocator)) {
        assertTrue(reader.loadNextBatch());
        firsts.add(((BigIntVector) reader.getVectorSchemaRoot().getVector("n")).get(0));
      }
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
    assertEquals(List.of(1L, 2L, 3L), firsts);
  }

  @Test
  void rowsWithOtherColumnsAreRefusedAndTheFirstDifferenceIsNamed() {
    catalogue.commit("t", Numbers.of(1, 10));
    var other =
        TableContent.of(
            0, List.of(new ColumnPayload("n", ColumnKind.INT, 0, List.of(Bytes.NONE), null)));
    var refused = assertThrows(ColumnMismatchException.class, () -> catalogue.append("t", other));
    assertTrue(
        refused.getMessage().contains("column 1 is 'n' LONG, theirs is 'n' INT"),
        refused.getMessage());
    assertThrows(
        ColumnMismatchException.class, () -> catalogue.append("t", TableContent.of(0, List.of())));
    assertEquals(1, catalogue.open("t").version());
    assertThrows(NoSuchTableException.class, () -> catalogue.append("u", Numbers.of(1, 1)));
  }

  @Test
  void whoAppendAtOnceLoseNoRowsAndWhoReplaceAtOnceEachMakeAVersion() {
    catalogue.commit("t", Numbers.of(0, 10));
    try (Catalogue other = Catalogue.open(catalogue.folders())) {
      List<CompletableFuture<Void>> appending =
          IntStream.range(0, 4)
              .mapToObj(n ->
                  CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 20; i++) {
                      (n % 2 == 0 ? catalogue : other).append("t", Numbers.of(1 + n * 20 + i, 5));
                    }
                  }))
              .toList();
      appending.forEach(CompletableFuture::join);
      MappedTable all = catalogue.open("t");
      assertEquals(81, all.version());
      assertEquals(
          LongStream.range(0, 81).boxed().toList(), List.copyOf(new TreeSet<>(Numbers.seeds(all))));
      List<CompletableFuture<Void>> replacing =
          IntStream.range(0, 4)
              .mapToObj(n ->
                  CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 10; i++) {
                      (n % 2 == 0 ? catalogue : other).replace("t", Numbers.of(n, 5));
                    }
                  }))
              .toList();
      replacing.forEach(CompletableFuture::join);
      assertEquals(121, catalogue.open("t").version());
      catalogue.drop("t");
    }
  }

  @Test
  void whatIsAppendedWhileTheTableIsReplacedIsAddedToTheNewOne() {
    catalogue.commit("t", Numbers.of(1, 10));
    TableContent rows = Numbers.of(3, 10);
    MappedTable table =
        catalogue.append("t", whileWritten(rows, () -> catalogue.replace("t", Numbers.of(2, 10))));
    assertEquals(List.of(2L, 3L), Numbers.seeds(table));
    assertEquals(3, table.version());
    assertThrows(
        NoSuchTableException.class,
        () -> catalogue.append("t", whileWritten(rows, () -> catalogue.drop("t"))));
    assertEquals(List.of(), catalogue.list());
  }

  private static TableContent whileWritten(TableContent content, Runnable what) {
    return new TableContent() {
      @Override
      public long rows() {
        return content.rows();
      }

      @Override
      public List<ColumnPayload> columns() {
        return content.columns();
      }

      @Override
      public void writeBuffers(FileChannel file, long[] positions) throws IOException {
        content.writeBuffers(file, positions);
        what.run();
      }
    };
  }

  @Test
  void aVersionThatWasSentIsFoundThoughItsNameIsAnothersByNow() {
    catalogue.commit("t", Numbers.of(1, 10));
    MappedTable sent = catalogue.append("t", Numbers.of(2, 10));
    TableReference reference = catalogue.reference(sent);
    Catalogue worker = Catalogue.join(catalogue.folders(), catalogue.sessionId());
    catalogue.replace("t", Numbers.of(3, 10));
    assertEquals(List.of(1L, 2L), Numbers.seeds(worker.open(reference)));
    catalogue.drop("t");
    assertEquals(List.of(1L, 2L), Numbers.seeds(worker.open(reference)));
    assertEquals(sent.version(), worker.open(reference).version());
    Reference.reachabilityFence(sent);
  }

  @Test
  void aVersionThatNobodyHoldsAnyMoreGivesItsSpaceBackAndSaysSo() throws Exception {
    MappedTable sent = catalogue.commit("t", Numbers.of(1, 10));
    TableReference reference = catalogue.reference(sent);
    MappedTable newer = catalogue.replace("t", Numbers.of(2, 10));
    assertEquals(2, pins().size());
    Reference.reachabilityFence(sent);
    Reference.reachabilityFence(newer);
    sent = null;
    newer = null;
    for (int i = 0; i < 500 && !pins().isEmpty(); i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertEquals(List.of(), pins());
    var gone = assertThrows(NoSuchTableException.class, () -> catalogue.open(reference));
    assertTrue(gone.getMessage().contains("replaced"), gone.getMessage());
    catalogue.drop("t");
    gone = assertThrows(NoSuchTableException.class, () -> catalogue.open(reference));
    assertTrue(gone.getMessage().contains("dropped"), gone.getMessage());
  }

  @Test
  void whatIsAttachedTwiceIsMappedAndPinnedOnce() throws IOException {
    List<MappedTable> attached = new ArrayList<>();
    attached.add(catalogue.commit("t", Numbers.of(1, 10)));
    attached.add(catalogue.append("t", Numbers.of(2, 10)));
    for (int i = 0; i < 10; i++) {
      attached.add(catalogue.open("t"));
    }
    assertEquals(2, pins().size());
    long mappings;
    try (var maps = Files.lines(Path.of("/proc/self/maps"))) {
      mappings = maps.filter(line -> line.contains(folder.path().toString())).count();
    }
    assertEquals(2, mappings);
    Reference.reachabilityFence(attached);
  }

  @Test
  @Tag("slow")
  void rowsCanBeAppendedAThousandTimes() {
    catalogue.commit("t", Numbers.of(0, 10));
    for (int i = 1; i <= 1000; i++) {
      catalogue.append("t", Numbers.of(i, 10));
    }
    MappedTable table = catalogue.open("t");
    assertEquals(10_010, table.rows());
    assertEquals(LongStream.rangeClosed(0, 1000).boxed().toList(), Numbers.seeds(table));
    assertEquals(1001, table.paths().size());
  }

  @Test
  void aTableThatMovedToALaterFolderIsTheOneThereAndGoesWhole() throws IOException {
    // What a replace leaves that was killed before it removed the older one.
    Path old = catalogue.commit("t", Numbers.of(1, 10)).location();
    byte[] bytes = Files.readAllBytes(old);
    Path kept = Files.write(temporary.resolve("old"), bytes);
    catalogue.drop("t");
    try (Catalogue onlyLater = Catalogue.open(List.of(later))) {
      onlyLater.commit("t", Numbers.of(2, 10));
      onlyLater.keep("t");
    }
    Files.copy(kept, old);
    assertEquals(List.of(2L), Numbers.seeds(catalogue.open("t")));
    assertEquals(1, catalogue.list().size());
    MappedTable replaced = catalogue.replace("t", Numbers.of(3, 10));
    assertEquals(later.path(), replaced.location().getParent(), "never back");
    assertTrue(catalogue.drop("t"));
    assertThrows(NoSuchTableException.class, () -> catalogue.open("t"));
    assertFalse(Files.exists(old));
  }

  private List<String> pins() throws IOException {
    return files(folder).stream()
        .filter(name -> name.contains("." + StoreFolder.PIN + "."))
        .toList();
  }

  private static List<String> files(StoreFolder folder) throws IOException {
    try (var all = Files.list(folder.path())) {
      return all.map(file -> file.getFileName().toString()).toList();
    }
  }
}
