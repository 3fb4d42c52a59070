package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trestle.store.StoreFullException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrays on a real tmpfs of 4 MiB; needs the right to mount one. */
class FullArrayTest {
  private static final long MIB = (1 << 20) / Double.BYTES;

  @TempDir Path folder;

  @BeforeEach
  void mount() throws Exception {
    String[] command = {"mount", "-t", "tmpfs", "-o", "size=4m,mode=700", "tmpfs", "" + folder};
    assumeTrue(
        new ProcessBuilder(command).start().waitFor() == 0,
        "this user may not mount a file system");
  }

  @AfterEach
  void unmount() throws Exception {
    // Arrays may still be mapped.
    new ProcessBuilder("umount", "--lazy", "" + folder).start().waitFor();
  }

  @Test
  void anArrayThatDoesNotFitIsAnErrorAtItsCreation() {
    try (Store store = Store.open(folder)) {
      var full =
          assertThrows(StoreFullException.class, () -> store.array("big", double.class, 5 * MIB));
      assertTrue(full.getMessage().contains("'big' needs 5.00 MiB"), full.getMessage());
      assertTrue(full.getMessage().contains("free"), full.getMessage());
      assertEquals(List.of(), store.arrays());
      assertEquals(3 * MIB, store.array("small", double.class, 3 * MIB).size());
    }
  }

  @Test
  void everyElementCanBeWrittenToWhenTheFileSystemIsFullByThen() throws IOException {
    try (Store store = Store.open(folder)) {
      SharedArray array = store.array("claimed", double.class, 3 * MIB);
      fillUp();
      array.fill(1.5).add(1);
      assertEquals(2.5, array.getDouble(3 * MIB - 1));
      assertThrows(StoreFullException.class, () -> store.array("more", double.class, MIB));
      Files.delete(folder.resolve("thief"));
    }
  }

  private void fillUp() throws IOException {
    try (OutputStream out = Files.newOutputStream(folder.resolve("thief"))) {
      byte[] page = new byte[4096];
      while (true) {
        out.write(page);
      }
    } catch (IOException e) {
      assertEquals(0, Files.getFileStore(folder).getUsableSpace());
    }
  }
}
