package dev.trestle.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The numpy of this machine and our files, both ways. Another Python than {@code python3} is named
 * by {@code -Dtrestle.python=...}; without numpy these are left out, {@link NpyFileTest} has its
 * files.
 */
class NumpyTest {
  private static final String PYTHON = System.getProperty("trestle.python", "python3");

  @TempDir Path folder;

  @BeforeAll
  static void findNumpy() throws Exception {
    boolean found;
    try {
      found = new ProcessBuilder(PYTHON, "-c", "import numpy").start().waitFor() == 0;
    } catch (IOException e) {
      found = false;
    }
    assumeTrue(found, "no numpy on this machine");
  }

  @ParameterizedTest
  @EnumSource
  void numpyMapsOurArrayAndItsChangesAreSeenHere(ElementType type) throws Exception {
    Path file = folder.resolve(type.name() + ".npy");
    NpyFileTest.write(file, NpyContent.zeros(type, Shape.of(3, 5)));
    Elements elements = MappedArray.open("x", file, true).elements();
    if (type == ElementType.BOOLEAN) {
      elements.setBoolean(7, true);
    } else if (type.isFloating()) {
      elements.setDouble(7, 7);
    } else {
      elements.setLong(7, 7);
    }
    String seen =
        python(
            "a = np.load('%s', mmap_mode='r+'); print(a.dtype, a.shape, int(a[1, 2]), a.ctypes.data %% 64)"
                    .formatted(file)
                + "; a[2, 4] = 1; a.flush()");
    int expected = type == ElementType.BOOLEAN ? 1 : 7;
    assertEquals("%s (3, 5) %d 0".formatted(type.numpyName(), expected), seen);
    boolean changed =
        type == ElementType.BOOLEAN ? elements.getBoolean(14) : elements.getDouble(14) == 1;
    assertTrue(changed);
  }

  @ParameterizedTest
  @EnumSource
  void whatNumpySavesIsMapped(ElementType type) throws Exception {
    Path file = folder.resolve(type.name() + ".npy");
    python(
        "np.save('%s', np.arange(24).reshape(2, 3, 4).astype('%s'))"
            .formatted(file, type.numpyName().toLowerCase(Locale.ROOT)));
    Elements elements = MappedArray.open("x", file, false).elements();
    assertEquals(type, elements.type());
    assertEquals(Shape.of(2, 3, 4), elements.shape());
    if (type != ElementType.BOOLEAN) {
      assertEquals(23, elements.getDouble(23));
    }
  }

  @Test
  void shapesWithoutAxesAndWithoutElementsAgree() throws Exception {
    Path number = folder.resolve("number.npy");
    NpyFileTest.write(number, NpyContent.zeros(ElementType.DOUBLE, Shape.of()));
    Path empty = folder.resolve("empty.npy");
    NpyFileTest.write(empty, NpyContent.zeros(ElementType.DOUBLE, Shape.of(2, 0)));
    assertEquals(
        "() (2, 0)",
        python("print(np.load('%s').shape, np.load('%s').shape)".formatted(number, empty)));
  }

  private static String python(String code) throws Exception {
    Process process =
        new ProcessBuilder(PYTHON, "-c", "import numpy as np; " + code)
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    return out.strip();
  }
}
