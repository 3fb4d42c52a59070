package dev.trestle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beyond what an int counts, in bytes and in elements. */
@Tag("slow")
class LargeArrayTest {
  private static final long ELEMENTS = (1L << 31) + 352; // a multiple of 1000

  @TempDir Path folder;

  @Test
  void moreThan2GiBAreReadWrittenAndComputedWith() throws Exception {
    assumeTrue(Files.getFileStore(folder).getUsableSpace() > 2 * ELEMENTS, "no room for 2 GiB");
    try (Store store = Store.open(folder.resolve("store"))) {
      SharedArray array = store.array("large", byte.class, ELEMENTS);
      array.setLong(ELEMENTS - 1, 5);
      array.setLong(1L << 31, 6);
      SharedArray end = array.slice(ELEMENTS - 2000, ELEMENTS);
      assertEquals(5, end.getLong(1999));
      array.add(3);
      assertEquals(8, array.getLong(ELEMENTS - 1));
      assertEquals(9, store.attachArray("large").getLong(1L << 31));
      assertEquals(3, array.reshape(-1, 1000).row(1 << 21).getLong(0));
      assertThrows(IllegalArgumentException.class, array::toJavaArray);
      array.fill(7);
      assertEquals(7, array.getLong((1L << 31) + 1));
    }
  }
}
