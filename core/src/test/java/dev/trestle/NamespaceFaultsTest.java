package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.namespace.NamespaceException;
import dev.trestle.store.StoreFullException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A full file system, and files that somebody has damaged. */
@Timeout(120)
class NamespaceFaultsTest {
  @TempDir Path folder;

  @Test
  void aFullFileSystemIsAnErrorAndWhatThereIsStays() throws Exception {
    Path small = folder.resolve("small");
    try (var _ = SmallFileSystem.mount(small, 8);
        Store store = Store.open(small)) {
      Namespace namespace = store.namespace();
      namespace.put("before", "b");
      takeAllRoom(small.resolve("thief"));
      byte[] value = new byte[50_000];
      var full =
          assertThrows(
              StoreFullException.class,
              () -> {
                for (int i = 0; i < 200; i++) {
                  value[0] = (byte) i;
                  namespace.put("k" + i, value);
                }
              });
      assertTrue(
          ("" + full.getMessage()).matches(".*: 4,194,304 bytes wanted, \\d+ bytes free; .*"),
          full.getMessage());
      int kept = namespace.size() - 1;
      assertTrue(kept > 10, kept + " of 1 MiB");
      for (int i = 0; i < kept; i++) {
        assertEquals((byte) i, namespace.get("k" + i, byte[].class)[0]);
      }
      Files.delete(small.resolve("thief"));
      namespace.put("k" + kept, value);
      assertEquals("b", namespace.get("before"));
    }
  }

  @Test
  void aFileSystemThatIsFullFromTheStartIsAnError() throws Exception {
    Path small = folder.resolve("small");
    try (var _ = SmallFileSystem.mount(small, 1);
        Store store = Store.open(small)) {
      takeAllRoom(small.resolve("thief"));
      var full = assertThrows(StoreFullException.class, store::namespace);
      assertTrue(("" + full.getMessage()).endsWith("Drop tables there"), full.getMessage());
      Files.delete(small.resolve("thief"));
    }
  }

  @Test
  void aMapThatNobodyHasOpenIsNotTrusted() throws Exception {
    try (Store store = Store.open(folder)) {
      try (var child = NamespaceCommands.start(folder)) {
        child.say("put k v");
        assertEquals("done", child.hear());
        child.killMinus9();
      }
      overwrite(file("map-"), 0, (int) Files.size(file("map-")), new Random(1));
      assertEquals("v", store.namespace().get("k"));
    }
  }

  @Test
  void aDamagedLogIsAnErrorThatNamesIt() throws Exception {
    try (Store store = Store.open(folder)) {
      try (var child = NamespaceCommands.start(folder)) {
        child.say("put k " + "v".repeat(1000));
        assertEquals("done", child.hear());
        child.killMinus9();
      }
      overwrite(file("log-"), 100, 4, new Random(1));
      Namespace namespace = store.namespace();
      var damaged = assertThrows(NamespaceException.class, () -> namespace.get("k"));
      assertTrue(damaged.getMessage().contains("log-"), damaged.getMessage());
      assertTrue(damaged.getMessage().contains("is damaged: byte "), damaged.getMessage());
    }
    try (Store store = Store.open(folder)) {
      store.namespace().put("k", "again");
    }
  }

  /** Chronicle checks nothing that it reads, so a process that has the map open may not live on. */
  @Test
  @Tag("slow")
  void aMapDamagedWhileItIsOpenCostsNoEntry() throws Exception {
    var random = new Random(7);
    int deaths = 0;
    try (Store store = Store.open(folder)) {
      var child = NamespaceCommands.start(folder);
      try {
        for (int round = 0; round < 200; round++) {
          String key = "k" + round % 20;
          child.say("put " + key + " " + round);
          if (!"done".equals(child.hear())) {
            deaths++;
            child.close();
            child = NamespaceCommands.start(folder);
            child.say("put " + key + " " + round);
            assertEquals("done", child.hear());
          }
          // By turns the start, where the table of hashes and the first entries lie, and anywhere.
          long size = round % 2 == 0 ? 64 << 10 : Files.size(file("map-"));
          overwrite(file("map-"), random.nextLong(size), 1 + random.nextInt(2000), random);
          child.say("get " + key);
          String found = child.hear();
          if (found == null || !found.matches("\\d+")) {
            deaths++;
            child.close();
            child = NamespaceCommands.start(folder);
            child.say("get " + key);
            found = child.hear();
          }
          assertEquals("" + round, found);
        }
      } finally {
        child.close();
      }
    }
    System.out.printf("namespace: 200 times damaged while open, %d processes died of it%n", deaths);
  }

  private Path file(String prefix) throws IOException {
    try (var files = Files.list(folder.resolve(".namespace"))) {
      return files
          .filter(f -> f.getFileName().toString().startsWith(prefix))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void overwrite(Path path, long from, int length, Random random)
      throws IOException {
    try (var file = new RandomAccessFile(path.toFile(), "rw")) {
      byte[] rubbish = new byte[length];
      random.nextBytes(rubbish);
      file.seek(from);
      file.write(rubbish);
    }
  }

  private static void takeAllRoom(Path thief) throws IOException {
    try (OutputStream out = Files.newOutputStream(thief)) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (UncheckedIOException | IOException e) {
      assertTrue(Files.exists(thief));
    }
  }
}
