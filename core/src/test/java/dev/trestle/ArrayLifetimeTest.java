package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.array.ElementType;
import dev.trestle.namespace.ChronicleFlags;
import dev.trestle.store.NoSuchArrayException;
import dev.trestle.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How long arrays live, and whose they are. */
@Timeout(120)
class ArrayLifetimeTest {
  private static final long SELF = ProcessHandle.current().pid();
  @TempDir Path temporary;
  private Path folder;
  private Store store;

  @BeforeEach
  void open() {
    folder = temporary.resolve("store");
    store = Store.open(folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aKeptArrayIsThereInTheNextSession() {
    SharedArray array = store.arrayOf("kept", new double[] {1, 2});
    assertFalse(array.isKept());
    assertSame(array, array.keep());
    assertTrue(array.row(0).isKept());
    store.array("gone", double.class, 2);
    store.close();
    open();
    StoredArray listed = store.arrays().getFirst();
    assertEquals("kept", listed.name());
    assertTrue(listed.kept());
    assertEquals(0, listed.ownerPid());
    assertEquals(1, store.arrays().size());
    assertEquals(2, store.attachArray("kept").getDouble(1));
    assertTrue(store.drop("kept"));
  }

  @Test
  void anArrayIsCopiedFromMemoryToDiskInOneStep() throws IOException {
    Path memory = Files.createTempDirectory(Path.of("/dev/shm"), "trestle-arrays");
    try (Store both = Store.open(memory, folder)) {
      SharedArray inMemory = both.array("a", long.class, 300_000).fill(7);
      assertTrue(both.arrays().getFirst().inMemory());
      assertSame(inMemory, inMemory.keepOnDisk());
      SharedArray onDisk = both.attachArray("a");
      assertEquals(folder, onDisk.location().getParent());
      assertEquals(7, onDisk.getLong(299_999));
      assertTrue(onDisk.isKept());
      StoredArray listed = both.arrays().getFirst();
      assertFalse(listed.inMemory());
      assertTrue(listed.kept());
      assertEquals(0, listed.ownerPid());
      inMemory.setLong(0, 1);
      assertEquals(7, onDisk.getLong(0), "who has the one in memory attached keeps that");
      onDisk.setLong(0, 2);
      both.keepOnDisk("a");
      both.replaceArray("b", ElementType.LONG, 1);
      both.keepOnDisk("b");
    }
    assertFalse(anyFile(memory));
    Files.delete(memory);
    assertEquals(2, store.attachArray("a").getLong(0));
    assertEquals(0, store.attachArray("b").getLong(0));
    store.drop("a");
    store.drop("b");
  }

  @Test
  void withoutADiskThereIsNothingToCopyTo() throws IOException {
    Path memory = Files.createTempDirectory(Path.of("/dev/shm"), "trestle-arrays");
    try (Store alone = Store.open(memory)) {
      SharedArray array = alone.array("a", long.class, 3);
      var refused = assertThrows(StoreException.class, array::keepOnDisk);
      assertTrue(refused.getMessage().contains("no folder on disk"), refused.getMessage());
      assertFalse(array.isKept());
    }
    Files.delete(memory);
  }

  @Test
  void anArrayOfAFileThatIsNotTheStoresCannotBeKept() throws IOException {
    Path file = temporary.resolve("own.npy");
    store.arrayOf("a", new int[] {1}).save(file);
    var refused = assertThrows(StoreException.class, () -> Trestle.openNpy(file).keep());
    assertTrue(refused.getMessage().contains(temporary.toString()), refused.getMessage());
  }

  @Test
  void whoHasAnArrayMappedIsListed() throws Exception {
    SharedArray array = store.array("a", double.class, 100);
    assertEquals(List.of(SELF), store.arrays().getFirst().mappedBy());
    try (var child = new ChildJvm(ArrayCommands.class, folder)) {
      assertEquals("ready", child.hear());
      child.say("get a 99");
      assertEquals("0.0", child.hear());
      assertEquals(
          List.of(SELF, child.pid()).stream().sorted().toList(),
          store.arrays().getFirst().mappedBy());
      child.killMinus9();
    }
    assertEquals(List.of(SELF), store.arrays().getFirst().mappedBy());
    Reference.reachabilityFence(array);
  }

  @Test
  void whatWasReplacedIsReadableAndCountedUntilItIsLetGo() throws Exception {
    SharedArray former = store.array("a", double.class, 1000).fill(1.5);
    store.replaceArray("a", ElementType.DOUBLE, 10);
    assertEquals(1.5, former.getDouble(999));
    assertEquals(8128, store.memory().formerBytes());
    byte[] sent = sent(former);
    assertEquals(1.5, received(sent).getDouble(999));
    Reference.reachabilityFence(former);
    store.close();
    var gone = assertThrows(NoSuchArrayException.class, () -> received(sent));
    assertTrue(gone.getMessage().contains("array 'a' was dropped"), gone.getMessage());
    assertFalse(anyFile(folder));
    open();
    store.array("a", double.class, 10);
    var replaced = assertThrows(NoSuchArrayException.class, () -> received(sent));
    assertTrue(replaced.getMessage().contains("has been replaced"), replaced.getMessage());
  }

  @Test
  void anArrayInTheNamespaceIsAReferenceAlsoFromASecondJvm() throws Exception {
    SharedArray array = store.array("shared", double.class, 4, 5);
    Namespace namespace = store.namespace();
    namespace.put("whole", array);
    namespace.put("row", array.row(3).asReadOnly());
    array.setDouble(3, 4, 2.5);
    assertEquals(2.5, namespace.get("whole", SharedArray.class).getDouble(3, 4));
    SharedArray row = namespace.get("row", SharedArray.class);
    assertEquals(2.5, row.getDouble(4));
    assertTrue(row.isReadOnly());
    try (var child = NamespaceCommands.start(ChronicleFlags.all(), folder)) {
      child.say("add-to-array whole 1");
      assertEquals("3.5", child.hear());
      assertEquals(3.5, array.getDouble(3, 4), "it writes to the same memory");
      child.say("put-array theirs 7");
      assertEquals("done", child.hear());
      assertEquals(7, namespace.get("theirs", SharedArray.class).size());
    }
    store.drop("shared");
    assertEquals(3.5, namespace.get("row", SharedArray.class).getDouble(4), "attached here still");
    Reference.reachabilityFence(array);
  }

  private static byte[] sent(SharedArray array) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(array);
    }
    return bytes.toByteArray();
  }

  private static SharedArray received(byte[] bytes) throws IOException, ClassNotFoundException {
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return (SharedArray) in.readObject();
    }
  }

  private static boolean anyFile(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return false;
    }
    try (var files = Files.list(folder)) {
      return files.findAny().isPresent();
    }
  }
}
