package dev.trestle.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Files that are no tables, under names of the same catalogue. */
class ArraysInCatalogueTest {
  private static final String NPY = StoreFolder.ARRAY_SUFFIX;
  @TempDir Path temporary;
  private StoreFolder folder;
  private Catalogue catalogue;

  @BeforeEach
  void open() {
    folder = StoreFolder.open(temporary.resolve("store"));
    catalogue = Catalogue.open(List.of(folder));
  }

  @AfterEach
  void close() {
    catalogue.close();
  }

  @Test
  void anArraysFileIsFoundByItsNameAndMayBeWritten() throws IOException {
    Path file = commit("a", 7, false);
    assertEquals(file, catalogue.openFile("a", NPY).path());
    assertArrayEquals(new byte[] {7, 7, 7}, Files.readAllBytes(file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    var entry = (Entry.OfArray) catalogue.list().getFirst();
    assertEquals("a", entry.name());
    assertEquals(3, entry.place().bytes());
    assertEquals(ProcessHandle.current().pid(), entry.place().ownerPid());
    assertFalse(entry.place().kept());
  }

  @Test
  void anArrayGoesWithItsSessionUnlessItIsKept() throws IOException {
    commit("gone", 1, false);
    commit("kept", 2, false);
    catalogue.keep("kept");
    catalogue.close();
    assertEquals(List.of("kept.npy"), files());
    catalogue = Catalogue.open(List.of(folder));
    assertTrue(catalogue.list().getFirst().place().kept());
    commit("kept", 3, true);
    catalogue.close();
    catalogue = Catalogue.open(List.of(folder));
    assertArrayEquals(
        new byte[] {3, 3, 3},
        Files.readAllBytes(catalogue.openFile("kept", NPY).path()),
        "still kept");
    assertTrue(catalogue.drop("kept"));
    assertFalse(catalogue.drop("kept"));
  }

  @Test
  void aNameIsATablesOrAnArrays() throws IOException {
    commit("array", 1, false);
    catalogue.commit("table", Numbers.of(1, 10));
    assertThrows(TableExistsException.class, () -> commit("array", 1, false));
    assertThrows(TableExistsException.class, () -> commit("table", 1, true));
    assertThrows(TableExistsException.class, () -> catalogue.replace("array", Numbers.of(1, 1)));
    assertThrows(TableExistsException.class, () -> catalogue.commit("array", Numbers.of(1, 1)));
    assertNotThere(
        NoSuchTableException.class, "'array' is an array", () -> catalogue.open("array"));
    assertNotThere(
        NoSuchTableException.class,
        "'array' is an array",
        () -> catalogue.append("array", Numbers.of(1, 1)));
    assertNotThere(
        NoSuchArrayException.class, "'table' is a table", () -> catalogue.openFile("table", NPY));
    assertNotThere(
        NoSuchTableException.class, "neither a table nor an array", () -> catalogue.keep("b"));
    var none = assertThrows(NoSuchArrayException.class, () -> catalogue.openFile("b", NPY));
    assertTrue(none.getMessage().contains("[array]"), none.getMessage());
    assertEquals(1, catalogue.open("table").version());
  }

  @Test
  void aResultOfAnyKindIsDiscardedByItsTag() throws IOException {
    Path result =
        catalogue.results().writeFile("call1", 1, file -> file.write(ByteBuffer.allocate(1)));
    assertEquals(1, Files.size(result));
    catalogue.results().discard("call1");
    assertFalse(Files.exists(result));
  }

  private static void assertNotThere(
      Class<? extends StoreException> type, String reason, Executable action) {
    String message = assertThrows(type, action).getMessage();
    assertTrue(message.contains(reason), message);
  }

  private Path commit(String name, int value, boolean replace) {
    byte[] bytes = {(byte) value, (byte) value, (byte) value};
    return catalogue
        .commitFile(name, NPY, bytes.length, file -> file.write(ByteBuffer.wrap(bytes)), replace)
        .path();
  }

  private List<String> files() throws IOException {
    try (var all = Files.list(folder.path())) {
      return all.map(file -> file.getFileName().toString()).toList();
    }
  }
}
