package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StoreProcessesTest {
  @TempDir Path folder;

  @Test
  void aTableSharedByOneProcessIsReadByAnotherAndNotDroppedWhenTheReaderDies() throws Exception {
    try (Store store = Store.open(folder)) {
      store.share("here", StoreCommands.numbers(10));
      try (var child = new ChildJvm(StoreCommands.class, folder)) {
        assertEquals("ready", child.hear());
        child.say("share there 20");
        assertEquals("there", child.hear());
        assertEquals(20, store.attach("there").rowCount());
        assertEquals(List.of("here", "there"), names(store));
        child.killMinus9();
      }
      assertEquals(List.of("here", "there"), names(store), "nothing is swept by itself");
      assertEquals(10, store.attach("here").table().intColumn("n").size());
    }
  }

  @Test
  void theNextSessionSweepsWhatAKilledOneLeft() throws Exception {
    try (var child = new ChildJvm(StoreCommands.class, folder)) {
      assertEquals("ready", child.hear());
      child.say("loop-share t");
      assertEquals("looping", child.hear());
      child.killMinus9();
    }
    assertTrue(files().stream().anyMatch(f -> f.startsWith("t")), "the kill came too early");
    try (Store store = Store.open(folder)) {
      assertEquals(List.of(), names(store));
    }
    assertEquals(Set.of(), files());
  }

  @Test
  void aSessionThatEndsLeavesNothing() throws Exception {
    try (var child = new ChildJvm(StoreCommands.class, folder)) {
      assertEquals("ready", child.hear());
      child.say("share t 5");
      assertEquals("t", child.hear());
      child.say("workers 1");
      assertTrue(child.hear().startsWith("["));
      child.endInput();
      assertEquals("closed", child.hear());
      assertEquals(0, child.waitFor());
    }
    assertEquals(Set.of(), files());
  }

  @Test
  void ofTwoProcessesThatShareUnderOneNameExactlyOneSucceeds() throws Exception {
    try (var first = new ChildJvm(StoreCommands.class, folder);
        var second = new ChildJvm(StoreCommands.class, folder)) {
      assertEquals("ready", first.hear());
      assertEquals("ready", second.hear());
      for (int i = 0; i < 30; i++) {
        first.say("share t" + i + " 1000");
        second.say("share t" + i + " 1000");
        var answers = new TreeSet<>(Arrays.asList(first.hear(), second.hear()));
        assertEquals(new TreeSet<>(List.of("TableExistsException", "t" + i)), answers);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"workers", "busy-workers"})
  void workersEndWhenTheirParentIsKilled(String command) throws Exception {
    try (var child = new ChildJvm(StoreCommands.class, folder)) {
      assertEquals("ready", child.hear());
      child.say("share left-behind 1000");
      assertEquals("left-behind", child.hear());
      child.say(command + " 2");
      String pids = child.hear();
      List<ProcessHandle> workers =
          Arrays.stream(pids.replaceAll("[\\[\\] ]", "").split(","))
              .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
              .toList();
      assertEquals(2, workers.size());
      child.killMinus9();
      for (ProcessHandle worker : workers) {
        worker.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        assertFalse(worker.isAlive());
      }
    }
    Store.open(folder).close();
    assertEquals(Set.of(), files());
  }

  @Test
  void ctrlCLeavesNothing() throws Exception {
    for (int i = 0; i < 5; i++) {
      try (var child = new ChildJvm(StoreCommands.class, folder)) {
        assertEquals("ready", child.hear());
        child.say("workers 1");
        String pid = child.hear().replaceAll("\\D", "");
        child.say("loop-share t");
        assertEquals("looping", child.hear());
        Thread.sleep(20 * i);
        child.interrupt();
        assertEquals(130, child.waitFor());
        assertFalse(ProcessHandle.of(Long.parseLong(pid)).isPresent());
      }
      assertEquals(Set.of(), files());
    }
  }

  @Test
  void ctrlCLeavesNoHalfWrittenText(@TempDir Path texts) throws Exception {
    try (var child = new ChildJvm(StoreCommands.class, folder)) {
      assertEquals("ready", child.hear());
      child.say("loop-write " + texts.resolve("numbers.csv"));
      assertEquals("written", child.hear());
      child.interrupt();
      assertEquals(130, child.waitFor());
    }
    try (var files = Files.list(texts)) {
      assertEquals(List.of(texts.resolve("numbers.csv")), files.toList());
    }
    assertEquals(Set.of(), files());
  }

  @Test
  void aTableThatIsOnlyListedIsNotMapped() throws Exception {
    try (Store store = Store.open(folder);
        var child = new ChildJvm(StoreCommands.class, folder)) {
      assertEquals("ready", child.hear());
      child.say("share there 20");
      assertEquals("there", child.hear());
      assertEquals(List.of("there"), names(store));
      // The child may have it mapped, as it has shared it.
      long self = ProcessHandle.current().pid();
      assertFalse(store.memory().tables().getFirst().mappedBy().contains(self));
      SharedTable attached = store.attach("there");
      assertTrue(store.memory().tables().getFirst().mappedBy().contains(self));
      assertEquals(20, attached.rowCount());
    }
  }

  @Test
  void storesOpenedAtOnceSweepADeadSessionTogether() throws Exception {
    for (int i = 0; i < 3; i++) {
      try (var child = new ChildJvm(StoreCommands.class, folder)) {
        assertEquals("ready", child.hear());
        child.say("share t 1000");
        assertEquals("t", child.hear());
        child.killMinus9();
      }
      List<CompletableFuture<Store>> opening =
          IntStream.range(0, 8)
              .mapToObj(n -> CompletableFuture.supplyAsync(() -> Store.open(folder)))
              .toList();
      opening.forEach(CompletableFuture::join);
      opening.forEach(store -> store.join().close());
      assertEquals(Set.of(), files());
    }
  }

  private List<String> names(Store store) {
    return store.tables().stream().map(StoredTable::name).toList();
  }

  private Set<String> files() throws IOException {
    try (var files = Files.list(folder)) {
      return new TreeSet<>(files.map(f -> f.getFileName().toString()).toList());
    }
  }
}
