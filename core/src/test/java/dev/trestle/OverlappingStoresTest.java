package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.store.NoSuchTableException;
import dev.trestle.store.StoreFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stores that have some folders in common, and folders that somebody removes. */
@Timeout(120)
class OverlappingStoresTest {
  private static final long SELF = ProcessHandle.current().pid();
  @TempDir Path temporary;
  private Path first;
  private Path second;

  @BeforeEach
  void folders() {
    first = temporary.resolve("first");
    second = temporary.resolve("second");
  }

  @Test
  void aStoreOnSomeOfTheFoldersSweepsNothingOfALivingSession() throws Exception {
    try (var child = new ChildJvm(StoreCommands.class, second, first)) {
      assertEquals("ready", child.hear());
      child.say("share theirs 3");
      assertEquals("theirs", child.hear());
      try (Store both = Store.open(first, second);
          Store alone = Store.open(second)) {
        both.share("t", StoreCommands.numbers(3));
        StoredTable theirs = alone.tables().getFirst();
        assertEquals(child.pid(), theirs.ownerPid());
        assertFalse(theirs.kept());
        assertEquals(3, alone.attach("theirs").rowCount());
        assertThrows(NoSuchTableException.class, () -> alone.attach("t"));
        assertEquals(List.of("t", "theirs"), both.tables().stream().map(Stored::name).toList());
        assertEquals(child.pid(), both.tables().getLast().ownerPid());
      }
      child.killMinus9();
    }
    try (Store alone = Store.open(second)) {
      assertEquals(List.of(), alone.tables(), "swept, as its owner is dead");
    }
    Store.open(first).close();
    assertNothingIn(first, second);
  }

  @Test
  void whatLiesInALaterFolderHasItsSessionThere() throws IOException {
    try (Store one = Store.open(first, second)) {
      try (Store other = Store.open(second, first)) {
        other.share("t", StoreCommands.numbers(3));
        assertEquals(second, other.attach("t").location().getParent());
        try (Store third = Store.open(second)) {
          assertEquals(SELF, third.tables().getFirst().ownerPid());
        }
        assertEquals(SELF, one.tables().getFirst().ownerPid());
      }
      assertEquals(List.of(), one.tables());
    }
    assertNothingIn(first, second);
  }

  @Test
  void aFolderThatIsRemovedUnderAnOpenStoreIsMadeAnew() throws IOException {
    try (Store store = Store.open(first, second);
        Workers workers = store.workers(1)) {
      SharedTable before = store.share("before", StoreCommands.numbers(3));
      remove(first);
      assertEquals(List.of(), store.tables());
      assertThrows(NoSuchTableException.class, () -> store.attach("before"));
      assertFalse(before.drop());
      assertEquals(3, before.table().rowCount(), "attached, it stays readable");
      SharedTable after = store.share("after", StoreCommands.numbers(4));
      store.array("array", double.class, 2);
      assertEquals(List.of(4L), workers.map(List.of(1), one -> after.rowCount()));
      try (Store other = Store.open(first);
          Workers more = store.workers(1)) {
        assertEquals(SELF, other.tables().getFirst().ownerPid());
        assertEquals(List.of(4L), more.map(List.of(1), one -> after.rowCount()));
        assertEquals(1, other.arrays().size(), "nothing was swept");
      }
    }
    assertNothingIn(first, second);
  }

  @Test
  void aStoreWhoseFoldersAreGoneCanBeClosed() throws IOException {
    try (Store store = Store.open(first, second)) {
      store.share("t", StoreCommands.numbers(3));
      remove(first);
      remove(second);
    }
    assertFalse(Files.exists(first));
    assertFalse(Files.exists(second));
  }

  @Test
  void aDamagedTableIsDropped() throws IOException {
    try (Store store = Store.open(first)) {
      SharedTable table =
          store.share("t", StoreCommands.numbers(3)).append(StoreCommands.numbers(2));
      SharedTable other = store.share("other", StoreCommands.numbers(3));
      Files.write(table.location(), new byte[100]);
      assertTrue(table.drop());
      assertFalse(table.drop());
      store.replace("other", StoreCommands.numbers(4));
      Files.write(first.resolve("other.arrow"), new byte[100]);
      assertFalse(other.drop(), "it is another version, whatever became of it");
      assertTrue(store.drop("other"));
      assertEquals(List.of(), store.tables());
    }
    assertNothingIn(first);
  }

  @Test
  void whatAKilledWorkerWasSharingGoesWhenThePoolNoticesItsDeath() throws IOException {
    try (Store store = Store.open(first);
        Workers workers = store.workers(1)) {
      Path marker = temporary.resolve("killed");
      String once = marker.toString();
      assertEquals(
          List.of(true), workers.map(List.of(once), OverlappingStoresTest::endWhileSharing));
      assertTrue(Files.exists(marker));
      try (var files = Files.list(first)) {
        assertEquals(
            List.of(),
            files.map(Path::toString).filter(file -> file.contains(".array.")).toList(),
            "drafts of arrays");
      }
    }
    assertNothingIn(first);
  }

  /** The first time this ends the JVM in the middle of a share. */
  private static boolean endWhileSharing(String marker) throws IOException {
    if (Files.exists(Path.of(marker))) {
      return true;
    }
    Trestle.store()
        .catalogue()
        .commitFile(
            "never",
            StoreFolder.ARRAY_SUFFIX,
            1,
            file -> {
              Files.createFile(Path.of(marker));
              Runtime.getRuntime().halt(9);
            },
            false);
    return false;
  }

  private static void remove(Path folder) throws IOException {
    try (var tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static void assertNothingIn(Path... folders) throws IOException {
    for (Path folder : folders) {
      try (var left = Files.list(folder)) {
        assertEquals(List.of(), left.toList());
      }
    }
  }
}
