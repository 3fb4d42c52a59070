package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.array.NpyFormatException;
import dev.trestle.store.DamagedTableException;
import dev.trestle.worker.TaskFailedException;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of arrays that somebody cuts or damages: before they are attached, and while they are. */
class CutArrayTest {
  @TempDir Path folder;
  private Store store;

  @BeforeEach
  void open() {
    store = Store.open(folder.resolve("store"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 9, 60, 128, 700})
  void aFileThatWasCutIsNotAttachedAndSaysWhichAndWhatIsThere(int length) throws IOException {
    Path file = damaged(Arrays.copyOf(whole(), length));
    for (var refused :
        List.of(
            assertThrows(NpyFormatException.class, () -> store.attachArray("damaged")),
            assertThrows(NpyFormatException.class, () -> Trestle.openNpy(file)))) {
      String message = refused.getMessage();
      assertTrue(message.contains(file.toString()), message);
      String found =
          length < 128
              ? "after %d bytes".formatted(length)
              : "needs 800 bytes after the header and %d are there".formatted(length - 128);
      assertTrue(message.contains(found), message);
    }
    var attaching =
        assertThrows(NpyFormatException.class, () -> store.attachArrayReadOnly("damaged"));
    assertEquals(attaching.getMessage(), store.arrays().getFirst().damage());
    assertTrue(store.drop("damaged"));
    assertEquals(List.of(), store.arrays());
  }

  @Test
  void aFileThatIsNoArraySaysHowItBegins() throws IOException {
    byte[] other = whole();
    System.arraycopy(new byte[] {'P', 'K', 3, 4}, 0, other, 0, 4);
    Path file = damaged(other);
    var refused = assertThrows(NpyFormatException.class, () -> store.attachArray("damaged"));
    String message = refused.getMessage();
    assertTrue(message.contains(file + " is not a .npy file"), message);
    assertTrue(message.contains("50 4b 03 04"), message);
    assertTrue(store.drop("damaged"));
  }

  @Test
  void operationsOnAllElementsNameTheArrayThatWasCut() throws IOException {
    SharedArray whole = store.array("whole", long.class, 5000);
    SharedArray array = store.array("cut", long.class, 5000);
    CutArray.cut(array.location());
    for (var failure :
        List.of(
            assertThrows(DamagedTableException.class, () -> array.fill(1L)),
            assertThrows(DamagedTableException.class, () -> array.add(whole)),
            assertThrows(DamagedTableException.class, array::toJavaArray),
            assertThrows(DamagedTableException.class, () -> array.save(folder.resolve("s.npy"))))) {
      String message = failure.getMessage();
      assertTrue(
          message.startsWith("file %s of array 'cut' had 40,128 bytes".formatted(array.location())),
          message);
      assertTrue(message.contains("has cut it to 4,096"), message);
    }
    assertFalse(Files.exists(folder.resolve("s.npy")));
    assertEquals(0, CutArray.sum(whole));
  }

  @Test
  void oneElementIsAnErrorThatTrestleExplains() throws IOException {
    SharedArray array = store.array("cut", long.class, 5000);
    CutArray.cut(array.location());
    var fault = assertThrows(InternalError.class, () -> CutArray.sum(array));
    var explained = assertInstanceOf(DamagedTableException.class, Trestle.explain(fault));
    assertTrue(explained.getMessage().contains("array 'cut'"), explained.getMessage());
  }

  @Test
  void anArrayOrTableThatHasTheNameNowIsNotBlamed() throws IOException {
    SharedArray former = store.array("a", long.class, 5000);
    SharedArray shorter = store.replaceArray("a", dev.trestle.array.ElementType.LONG, 10);
    SharedTable formerTable = store.share("t", StoreCommands.numbers(5000));
    SharedTable shorterTable = store.replace("t", StoreCommands.numbers(5));
    SharedArray cut = store.array("cut", long.class, 5000);
    CutArray.cut(cut.location());
    var failure = assertThrows(DamagedTableException.class, () -> cut.fill(1L));
    assertTrue(
        failure.getMessage().startsWith("file %s of array 'cut'".formatted(cut.location())),
        failure.getMessage());
    Reference.reachabilityFence(List.of(former, shorter, formerTable, shorterTable));
  }

  @Test
  void whatWasOnlyListedIsNotBlamed() throws IOException {
    Path listed = store.share("listed", StoreCommands.numbers(5000)).location();
    Path copy = Files.copy(listed, listed.resolveSibling("copy.arrow"));
    assertEquals(2, store.tables().size());
    SharedArray cut = store.array("cut", long.class, 5000);
    CutArray.cut(copy);
    CutArray.cut(cut.location());
    var failure = assertThrows(DamagedTableException.class, () -> cut.fill(1L));
    assertFalse(failure.getMessage().contains(copy.toString()), failure.getMessage());
    assertTrue(store.drop("copy"));
  }

  @Test
  void ofTwoThatWereCutBothAreNamed() throws IOException {
    SharedTable table = store.share("table", CutFile.table());
    SharedArray array = store.array("array", long.class, 5000);
    CutArray.cut(table.location());
    CutArray.cut(array.location());
    var failure = assertThrows(DamagedTableException.class, () -> array.fill(1L));
    String message = failure.getMessage();
    assertTrue(message.startsWith("one of these mapped files: "), message);
    assertTrue(message.contains(table.location() + " had "), message);
    assertTrue(message.contains(array.location() + " of array 'array' had "), message);
  }

  @Test
  void aTaskNamesTheArrayAndItsWorkerLives() throws IOException {
    SharedArray array = store.array("cut", long.class, 5000);
    try (Workers workers = store.workers(1)) {
      List<Long> pids = workers.pids();
      CutArray.cut(array.location());
      var failure =
          assertThrows(
              TaskFailedException.class, () -> workers.map(List.of(1), one -> CutArray.sum(array)));
      assertTrue(
          String.valueOf(failure.getCause()).contains("needs 40,000 bytes"),
          () -> "" + failure.getCause());
      assertEquals(List.of(3), workers.map(List.of(1), one -> one + 2));
      assertEquals(pids, workers.pids());
    }
  }

  /** Interpreted, compiled by C1 and by C2; every way of use, again and again. */
  @ParameterizedTest
  @CsvSource({"-Xint, 1", "-XX:TieredStopAtLevel=1, 5", "-XX:-TieredCompilation, 5"})
  @Tag("slow")
  void noUseEndsTheJvm(String compiler, int runs) throws IOException, InterruptedException {
    try (var child =
        new ChildJvm(List.of(compiler), CutArray.class, folder.resolve("child"), runs)) {
      for (String line = child.hear(); line != null; line = child.hear()) {
        if (line.equals("end")) {
          assertEquals(0, child.waitFor());
          return;
        }
        assertTrue(line.endsWith("InternalError") || line.endsWith("DamagedTableException"), line);
      }
      throw new AssertionError("the JVM ended with " + child.waitFor());
    }
  }

  private byte[] whole() throws IOException {
    return Files.readAllBytes(store.array("whole", long.class, 100).location());
  }

  private Path damaged(byte[] bytes) throws IOException {
    Path file = store.attachArray("whole").location().resolveSibling("damaged.npy");
    store.drop("whole");
    return Files.write(file, bytes);
  }
}
