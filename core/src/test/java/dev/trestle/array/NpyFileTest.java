package dev.trestle.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Files that numpy wrote (see make_fixtures.py beside them), and what else may call itself .npy.
 */
class NpyFileTest {
  private static final int MUTATIONS = 20_000;

  @TempDir Path folder;

  static Path fixture(String name) {
    try {
      return Path.of(NpyFileTest.class.getResource("/npy/" + name + ".npy").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Elements open(String name) throws IOException {
    return MappedArray.open(name, fixture(name), false).elements();
  }

  @ParameterizedTest
  @EnumSource
  void everyTypeOfNumpyIsRead(ElementType type) throws IOException {
    Elements elements = open(type.name().toLowerCase(Locale.ROOT));
    assertEquals(type, elements.type());
    assertEquals(Shape.of(2, 3), elements.shape());
    for (int i = 0; i < 6; i++) {
      if (type == ElementType.BOOLEAN) {
        assertEquals(i % 2 == 1, elements.getBoolean(i));
      } else {
        assertEquals(i, elements.getDouble(i));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsWrittenIsWhatNumpyWouldHaveWritten(ElementType type) throws IOException {
    Path fixture = fixture(type.name().toLowerCase(Locale.ROOT));
    Path copy = folder.resolve("copy.npy");
    write(copy, NpyContent.of(MappedArray.open("x", fixture, false).elements()));
    assertArrayEquals(Files.readAllBytes(fixture), Files.readAllBytes(copy));
  }

  @Test
  void bytesWithoutASignGoUpTo255() throws IOException {
    Elements elements = open("unsigned_byte_high");
    assertEquals(255, elements.getLong(3));
    assertEquals(128.0, elements.getDouble(2));
  }

  @ParameterizedTest
  @CsvSource({
    "version_2, '(2, 3)', 5",
    "version_3, '(2, 3)', 5",
    "no_axis, (), 2.5",
    "one_axis, '(2,)', 2.5",
    "empty, '(3, 0, 2)',",
    "five_axes, '(2, 1, 3, 1, 4)', 23",
    "fortran_one_column, '(3, 1)', 2"
  })
  void everyVersionAndShapeIsRead(String name, String shape, Double last) throws IOException {
    Elements elements = open(name);
    assertEquals(shape, elements.shape().toString());
    if (last != null) {
      assertEquals(last, elements.getDouble(elements.size() - 1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "fortran, np.ascontiguousarray",
    "big_endian, a.astype('<f8')",
    "half, type '<f2'",
    "unsigned_int, type '<u4'",
    "complex, type '<c16'",
    "text, type '<U2'",
    "dates, type '<M8[D]'",
    "structures, holds structures",
    "objects, Python objects"
  })
  void whatCannotBeMappedIsRefusedWithAReason(String name, String reason) {
    assertRefused(fixture(name), reason.replace("\"", "'"));
  }

  @Test
  void aFileThatIsCutShortSaysHowMuchIsMissing() throws IOException {
    byte[] whole = Files.readAllBytes(fixture("double"));
    Path cut = folder.resolve("cut.npy");
    for (int length = 0; length < whole.length; length++) {
      Files.write(cut, Arrays.copyOf(whole, length));
      assertThrows(NpyFormatException.class, () -> MappedArray.open("x", cut, false));
    }
    assertRefused(cut, "needs 48 bytes after the header and 47 are there");
    Files.write(cut, Arrays.copyOf(whole, whole.length + 3));
    assertEquals(6, MappedArray.open("x", cut, false).elements().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'descr': '<f8', 'fortran_order': False, 'shape': (6)} | a number and not a tuple",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (-6,)} | where a length is due",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (6 6)} | ',' or ')'",
        "{'descr': '<f8', 'fortran_order': 0, 'shape': (6,)} | 'False' is due",
        "{'descr': '<f8', 'shape': (6,)} | not exactly the keys",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (6,), 'more': 1} | the key 'more'",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (6,)} + 1 | not exactly",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296)} | 2^63",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2305843009213693952,)} | 2^63",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,)} | length",
        "['descr'] | '{' is due",
        "{descr: '<f8'} | a string is due"
      })
  void aDamagedHeaderSaysWhatIsWrongWithIt(String dictionary, String reason) throws IOException {
    Path file = folder.resolve("damaged.npy");
    Files.write(file, header(dictionary));
    assertRefused(file, reason);
  }

  @Test
  void python2sHeadersAreRead() throws IOException {
    Path file = folder.resolve("old.npy");
    byte[] header = header("{'descr': '<i4', 'shape': (1L, 2L,), 'fortran_order': False, }");
    Files.write(file, Arrays.copyOf(header, header.length + 8));
    assertEquals(Shape.of(1, 2), MappedArray.open("x", file, false).elements().shape());
  }

  @Test
  void aMutatedHeaderIsAnErrorOrAnArray() throws IOException {
    var random = new Random(11);
    byte[][] sources = {
      Files.readAllBytes(fixture("double")),
      Files.readAllBytes(fixture("version_2")),
      Files.readAllBytes(fixture("five_axes")),
      Files.readAllBytes(fixture("structures"))
    };
    Path file = folder.resolve("mutated.npy");
    int arrays = 0;
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      for (int i = 0; i < MUTATIONS; i++) {
        byte[] bytes = mutated(sources[i % sources.length], random);
        channel.write(ByteBuffer.wrap(bytes), 0);
        channel.truncate(bytes.length);
        try {
          NpyHeader header = NpyHeader.read(file, channel);
          assertTrue(
              header.dataOffset() + header.shape().bytes(header.type()) <= channel.size(),
              header.toString());
          arrays++;
        } catch (NpyFormatException e) {
          assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
        }
      }
    }
    assertTrue(arrays > 100 && arrays < MUTATIONS - 100, arrays + " arrays");
  }

  /** Some bytes of the header changed, moved, doubled or cut out. */
  private static byte[] mutated(byte[] source, Random random) {
    byte[] bytes = source.clone();
    int header = 128;
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      int at = random.nextInt(header);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[at] = (byte) "0123456789(),'{}L :<>|fiub".charAt(random.nextInt(26));
        case 3 -> System.arraycopy(source, random.nextInt(header - 8), bytes, Math.min(at, 120), 8);
        default -> {
          return Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
        }
      }
    }
    return bytes;
  }

  private static byte[] header(String dictionary) {
    byte[] bytes = new byte[10 + dictionary.length() + 1];
    byte[] magic = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) (dictionary.length() + 1)};
    System.arraycopy(magic, 0, bytes, 0, magic.length);
    for (int i = 0; i < dictionary.length(); i++) {
      bytes[10 + i] = (byte) dictionary.charAt(i);
    }
    bytes[bytes.length - 1] = '\n';
    return bytes;
  }

  private static void assertRefused(Path file, String reason) {
    var refused = assertThrows(NpyFormatException.class, () -> MappedArray.open("x", file, false));
    assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
  }

  static void write(Path file, NpyContent content) throws IOException {
    try (var channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      content.writeTo(channel, 0);
    }
    assertEquals(content.size(), Files.size(file));
  }
}
