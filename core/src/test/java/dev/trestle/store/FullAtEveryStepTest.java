package dev.trestle.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.SmallFileSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real file system that has room for one step less than each change needs, and for two less, and
 * so on: of bytes, a page at a time, and of inodes, one at a time. Needs the right to mount one.
 */
class FullAtEveryStepTest {
  private static final int ROWS = 5_000; // 40 kB

  @TempDir Path temporary;
  private SmallFileSystem mounted;
  private Path small;
  private Catalogue catalogue;
  private MappedTable old;

  @FunctionalInterface
  private interface Change {
    void to(Catalogue catalogue, TableContent content);
  }

  private static final Map<String, Change> CHANGES =
      new TreeMap<>(
          Map.of(
              "share", (c, content) -> c.commit("new", content),
              "replace", (c, content) -> c.replace("old", content),
              "append", (c, content) -> c.append("old", content),
              "array", FullAtEveryStepTest::array));

  private static void array(Catalogue catalogue, TableContent content) {
    catalogue.commitFile(
        "array",
        StoreFolder.ARRAY_SUFFIX,
        8L * ROWS,
        file -> {
          content.writeBuffers(file, new long[] {0, 0});
          Bytes.writeFully(file, ByteBuffer.allocate(8 * ROWS), 0);
        },
        true);
  }

  @BeforeEach
  void mount() throws Exception {
    mounted = SmallFileSystem.mount(temporary.resolve("small"), 1, 60);
    small = mounted.path();
    catalogue = Catalogue.open(List.of(StoreFolder.open(small.resolve("store"))));
    old = catalogue.commit("old", Numbers.of(1, 10));
  }

  @AfterEach
  void unmount() throws Exception {
    if (catalogue != null) {
      catalogue.close();
    }
    if (mounted != null) {
      mounted.close();
    }
  }

  @TestFactory
  List<DynamicTest> noPageLeft() {
    return CHANGES.entrySet().stream()
        .map(change ->
            DynamicTest.dynamicTest(
                change.getKey(), () -> untilThereIsRoom(change.getValue(), this::pages)))
        .toList();
  }

  @TestFactory
  List<DynamicTest> noInodeLeft() {
    return CHANGES.entrySet().stream()
        .map(change ->
            DynamicTest.dynamicTest(
                change.getKey(), () -> untilThereIsRoom(change.getValue(), this::inodes)))
        .toList();
  }

  @Test
  void aDiskThatFillsUpWhileATableIsCopiedToItLeavesTheTableInMemory() throws Exception {
    catalogue.close(); // its session lies in another folder than that of the store below
    StoreFolder memory =
        new StoreFolder(StoreFolder.open(temporary.resolve("memory")).path(), true);
    StoreFolder disk = new StoreFolder(small.resolve("store"), false);
    try (Catalogue both = Catalogue.open(List.of(memory, disk))) {
      both.commit("t", Numbers.of(1, ROWS));
      MappedTable before = both.append("t", Numbers.of(2, ROWS));
      untilThereIsRoom(
          both,
          (c, content) -> c.keepOnDisk("t"),
          (taken, content) -> {
            inodes(taken, content);
            return content;
          },
          () -> assertEquals(List.of(1L, 2L), Numbers.seeds(both.open("t"))));
      assertEquals(disk.path(), both.open("t").location().getParent());
      Reference.reachabilityFence(before);
      both.drop("t");
    }
  }

  @Test
  void aDiskWithoutPagesLeavesTheTableAndTheArrayInMemory() throws Exception {
    catalogue.close(); // its session lies in another folder than that of the store below
    StoreFolder memory =
        new StoreFolder(StoreFolder.open(temporary.resolve("memory")).path(), true);
    StoreFolder disk = new StoreFolder(small.resolve("store"), false);
    List<StoreFolder> folders = List.of(memory, disk);
    try (Catalogue both = Catalogue.open(folders)) {
      both.commit("t", Numbers.of(1, ROWS));
      MappedTable before = both.append("t", Numbers.of(2, ROWS));
      array(both, Numbers.of(3, ROWS));
      var left = new AtomicInteger();
      for (String name : List.of("array", "t")) {
        untilThereIsRoom(
            both,
            (c, content) -> keepOnDisk(name, both, left.get()),
            (room, content) -> {
              left.set(room);
              return content;
            },
            () -> {
              assertEquals(List.of(1L, 2L), Numbers.seeds(both.open("t")));
              assertTrue(both.list().stream().anyMatch(entry -> entry.place().inMemory()));
            });
      }
      assertTrue(both.list().stream().noneMatch(e -> e.place().inMemory()));
      Reference.reachabilityFence(before);
      both.drop("t");
      both.drop("array");
    }
  }

  /** As the catalogue does, but the disk loses its pages when the first file is there and empty. */
  private void keepOnDisk(String name, Catalogue store, int room) {
    List<StoreFolder> folders = store.folders();
    var names = new Names(folders);
    var drafts =
        new Drafts(
            store.sessionId(),
            () -> {
              if (folders.getLast().temporaries().stream().anyMatch(FullAtEveryStepTest::isDraft)) {
                takePages(room);
              }
              return false;
            });
    var files = new OpenFiles(store.sessionId(), new Pins(false));
    var versions = new Versions(folders, store.sessionId(), names, drafts, files);
    try (var tables = new DiskCopy(folders, names, drafts, versions)) {
      if (names.table(name) != null) {
        tables.keep(name);
      } else {
        new ArrayDiskCopy(folders, names, drafts).keep(name);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isDraft(Path temporary) {
    String name = temporary.getFileName().toString();
    return name.contains("." + Drafts.TABLE + ".") || name.contains("." + Drafts.ARRAY + ".");
  }

  private void takePages(int room) {
    try {
      mounted.takePages(room);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Leaves less room than there is to be, at the latest when the content is written. */
  private interface Shortage {
    TableContent leave(int room, TableContent content) throws IOException;
  }

  private void untilThereIsRoom(Change change, Shortage shortage) throws IOException {
    untilThereIsRoom(
        catalogue,
        change,
        shortage,
        () -> {
          assertEquals(List.of(1L), Numbers.seeds(old));
          assertEquals(List.of(1L), Numbers.seeds(catalogue.open("old")));
        });
    catalogue.drop("new");
    catalogue.drop("array");
    catalogue.drop("old");
    old = catalogue.commit("old", Numbers.of(1, 10));
  }

  private void untilThereIsRoom(
      Catalogue store, Change change, Shortage shortage, Runnable untouched) throws IOException {
    List<String> before = files();
    boolean done = false;
    for (int room = 0; !done; room++) {
      try {
        change.to(store, shortage.leave(room, Numbers.of(7, ROWS)));
        done = true;
        assertTrue(room > 0, "there was room all the time");
      } catch (StoreFullException e) {
        assertTrue(e.getMessage().contains(" free"), e.getMessage());
        mounted.clear();
        assertSame(before, files(), "after a failure with room for " + room);
        untouched.run();
      } finally {
        mounted.clear();
      }
      assertTrue(room < 50);
    }
  }

  /** Takes all pages but some away once the rows are written to. */
  private TableContent pages(int room, TableContent content) {
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
        takePages(room);
        if (positions[0] > 0) { // a table's
          content.writeBuffers(file, positions);
        }
      }
    };
  }

  private TableContent inodes(int room, TableContent content) throws IOException {
    mounted.takeInodes(room);
    return content;
  }

  private List<String> files() throws IOException {
    try (var all = Files.list(small.resolve("store"))) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Pins of tables that were dropped before may have gone meanwhile: the collector finds them. */
  private static void assertSame(List<String> before, List<String> after, String when) {
    assertEquals(List.of(), after.stream().filter(f -> !before.contains(f)).toList(), when);
    assertEquals(
        List.of(),
        before.stream().filter(f -> !after.contains(f) && !f.contains(".pin.")).toList(),
        when);
  }
}
