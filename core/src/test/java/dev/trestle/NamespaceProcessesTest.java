package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class NamespaceProcessesTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void whatOneProcessPutsAnotherGets() throws Exception {
    try (Store store = Store.open(folder);
        var child = NamespaceCommands.start(folder)) {
      store.namespace().put("here", "a");
      assertEquals("a", ask(child, "get here"));
      assertEquals("done", ask(child, "put there b"));
      assertEquals("b", store.namespace().get("there"));
      assertEquals(1, maps());
    }
  }

  @Test
  void aJvmWithoutFlagsTakesPartWithoutChronicleAndWithoutAWord() throws Exception {
    try (Store store = Store.open(folder);
        var child = NamespaceCommands.start(List.of(), folder)) {
      assertEquals("done", ask(child, "put there b"));
      assertEquals(0, maps());
      assertEquals("b", store.namespace().get("there"));
      assertEquals(1, maps());
      store.namespace().put("here", "a");
      assertEquals("a", ask(child, "get here"));
      assertEquals("done", ask(child, "put there c"));
      assertEquals("c", store.namespace().get("there"));
    }
  }

  @Test
  void aProcessThatDoesNotUseTheNamespaceLoadsNothingOfIt() throws Exception {
    try (var child =
        new ChildJvm(
            List.of("-verbose:class"), StoreCommands.class, folder.resolve("other store"))) {
      child.say("share t 10");
      child.endInput();
      boolean tablesaw = false;
      for (String line = child.hear(); line != null; line = child.hear()) {
        assertFalse(line.contains(" net.openhft."), line);
        assertFalse(line.contains(" dev.trestle.namespace."), line);
        tablesaw |= line.contains(" tech.tablesaw.");
      }
      assertTrue(tablesaw);
    }
  }

  @Test
  void countersOfSeveralProcessesLoseNothing() throws Exception {
    try (Store store = Store.open(folder);
        var first = NamespaceCommands.start(folder);
        var second = NamespaceCommands.start(List.of(), folder)) {
      first.say("count c 2000");
      second.say("count c 2000");
      for (int i = 0; i < 2000; i++) {
        store.namespace().getAndAdd("c", 1);
      }
      assertEquals("done", first.hear());
      assertEquals("done", second.hear());
      assertEquals(6000L, store.namespace().get("c"));
    }
  }

  @Test
  void anEventReachesAProcessThatWaits() throws Exception {
    try (Store store = Store.open(folder);
        var child = NamespaceCommands.start(folder)) {
      child.say("await go");
      store.namespace().signal("go");
      assertEquals("true", child.hear());
      child.say("signal gone");
      assertTrue(store.namespace().await("gone", SOON));
    }
  }

  @Test
  void aLockIsFreedWhenItsHolderIsKilled() throws Exception {
    try (Store store = Store.open(folder);
        var child = NamespaceCommands.start(folder)) {
      assertEquals("done", ask(child, "lock l"));
      assertNull(store.namespace().tryLock("l", Duration.ofMillis(100)));
      child.killMinus9();
      try (Namespace.Lock lock = store.namespace().tryLock("l", SOON)) {
        assertNotNull(lock);
      }
    }
  }

  @Test
  void theNamespaceLivesAsLongAsAnySession() throws Exception {
    try (var child = NamespaceCommands.start(folder)) {
      try (Store store = Store.open(folder)) {
        store.namespace().put("k", "v");
      }
      assertEquals("v", ask(child, "get k"));
      child.killMinus9();
    }
    try (Store store = Store.open(folder)) {
      assertNull(store.namespace().get("k"));
    }
    try (var left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void itsFilesAreThisUsersAlone() throws Exception {
    try (Store store = Store.open(folder)) {
      store.namespace().put("k", "v");
      assertEquals(
          "rwx------",
          PosixFilePermissions.toString(
              Files.getPosixFilePermissions(folder.resolve(".namespace"))));
      store.namespace().lock("l").close();
      try (var files = Files.walk(folder.resolve(".namespace"))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertEquals(
              "rw-------",
              PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
              file::toString);
        }
      }
    }
  }

  @Test
  void aTaskUsesTheNamespaceOfItsStore() throws Exception {
    try (Store store = Store.open(folder);
        Workers workers = store.workers(2)) {
      store.namespace().put("factor", 3);
      // A worker's default store is the one of the pool that it belongs to.
      List<Integer> products =
          workers.map(
              List.of(1, 2, 3, 4),
              x -> {
                Namespace namespace = Trestle.namespace();
                namespace.getAndAdd("tasks", 1);
                return x * (Integer) namespace.get("factor");
              });
      assertEquals(List.of(3, 6, 9, 12), products);
      assertEquals(4L, store.namespace().get("tasks"));
    }
  }

  private long maps() throws Exception {
    try (var files = Files.list(folder.resolve(".namespace"))) {
      return files.filter(f -> f.getFileName().toString().startsWith("map-")).count();
    }
  }

  private static String ask(ChildJvm child, String command) throws Exception {
    child.say(command);
    return child.hear();
  }
}
