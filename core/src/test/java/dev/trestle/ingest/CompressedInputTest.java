package dev.trestle.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.io.Source;
import tech.tablesaw.io.csv.CsvReadOptions;

/** Compression is told by the bytes, and damage to it is reported as such. */
class CompressedInputTest {
  private static final String TEXT =
      IntStream.range(0, 50_000)
          .mapToObj(row -> row + ",w" + row * 7919 % 1000 + "\n")
          .collect(Collectors.joining("", "n,s\n", ""));

  @TempDir Path spools;
  @TempDir Path folder;

  @AfterEach
  void nothingIsLeft() throws Exception {
    Leftovers.assertNone(spools);
  }

  @Test
  void aGzipFileIsReadWhateverItsName() throws Exception {
    assertWhole(Packed.gzip(folder.resolve("t.csv"), TEXT));
  }

  @Test
  void gzipMembersFollowOneAnother() throws Exception {
    int middle = TEXT.length() / 2;
    assertWhole(
        Packed.gzip(folder.resolve("t.gz"), TEXT.substring(0, middle), TEXT.substring(middle)));
  }

  @Test
  void aZstandardFileIsReadWhateverItsName() throws Exception {
    assertWhole(Packed.zstd(folder.resolve("t.txt"), TEXT));
  }

  @Test
  void zstandardFramesFollowOneAnother() throws Exception {
    int middle = TEXT.length() / 2;
    assertWhole(
        Packed.zstd(folder.resolve("t.zst"), TEXT.substring(0, middle), TEXT.substring(middle)));
  }

  /** Written by the zstd command (1.5), with its checksum: {@code printf 'a,b\n1,x\n' | zstd}. */
  @Test
  void whatTheZstdCommandWritesIsRead() throws Exception {
    Path file =
        Files.write(
            folder.resolve("t.zst"),
            HexFormat.of().parseHex("28b52ffd0458410000612c620a312c780a6603301f"));
    try (IngestedColumns columns = read(file)) {
      assertEquals(1, columns.rows());
      assertEquals(
          List.of("a", "b"), columns.columns().stream().map(column -> column.name()).toList());
    }
  }

  @Test
  void aPlainFileNamedGzIsReadAsItIs() throws Exception {
    assertWhole(Files.writeString(folder.resolve("t.csv.gz"), TEXT));
  }

  @Test
  void aCompressedFileInAnotherCharsetIsRead() throws Exception {
    Path file = Packed.gzip(folder.resolve("t.gz"), "a\nä\n");
    Source source = new Source(file.toFile(), StandardCharsets.ISO_8859_1);
    try (IngestedColumns columns =
        CsvIngest.read(CsvText.of(CsvReadOptions.builder(source).build()), spools)) {
      assertEquals(
          List.of("Ã¤"),
          DecodedColumn.all(columns, spools).getFirst().values(),
          "UTF-8 as Latin-1");
    }
  }

  @Test
  void aTruncatedGzipFileIsNamed() throws Exception {
    Path file = Packed.gzip(folder.resolve("t.gz"), TEXT);
    assertDamaged(cut(file), "t.gz begins as gzip data, which is damaged or cut off after ");
  }

  @Test
  void aTruncatedZstandardFileIsNamed() throws Exception {
    Path file = Packed.zstd(folder.resolve("t.zst"), TEXT);
    assertDamaged(cut(file), "t.zst begins as Zstandard data, which is damaged or cut off after ");
  }

  @Test
  void whatFollowsAPackedPartAndIsNoneIsNamed() throws Exception {
    for (Path file :
        List.of(
            Packed.gzip(folder.resolve("t.gz"), TEXT),
            Packed.zstd(folder.resolve("t.zst"), TEXT))) {
      Files.writeString(file, "17,b\n", StandardOpenOption.APPEND);
      assertDamaged(file, file.getFileName() + " begins as ");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64, 1 << 16})
  void aSecondGzipMemberCutAnywhereIsAnError(int bufferSize) throws Exception {
    byte[] first = Files.readAllBytes(Packed.gzip(folder.resolve("1.gz"), "a\n1\n"));
    byte[] both = Files.readAllBytes(Packed.gzip(folder.resolve("2.gz"), "a\n1\n", "2\n"));
    for (int length = first.length; length <= both.length; length++) {
      var cut = new ByteArrayInputStream(both, 0, length);
      if (length == first.length || length == both.length) {
        String text = new String(new GzipStream(cut, bufferSize).readAllBytes(), UTF_8);
        assertEquals(length == first.length ? "a\n1\n" : "a\n1\n2\n", text);
      } else {
        assertThrows(
            IOException.class,
            () -> new GzipStream(cut, bufferSize).readAllBytes(),
            "cut after " + length);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64, 1 << 16})
  void zerosFillUpABlockOfGzipMembers(int bufferSize) throws Exception {
    byte[] packed = Files.readAllBytes(Packed.gzip(folder.resolve("t.gz"), "a\n1\n", "2\n"));
    var filled = new ByteArrayInputStream(Arrays.copyOf(packed, 512));
    assertEquals("a\n1\n2\n", new String(new GzipStream(filled, bufferSize).readAllBytes(), UTF_8));
  }

  @Test
  void damageInTheMiddleIsNamed() throws Exception {
    for (Path file :
        List.of(
            Packed.gzip(folder.resolve("t.gz"), TEXT),
            Packed.zstd(folder.resolve("t.zst"), TEXT))) {
      byte[] bytes = Files.readAllBytes(file);
      Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 2000, (byte) 0x55);
      Files.write(file, bytes);
      assertDamaged(file, file.getFileName() + " begins as ");
    }
  }

  @Test
  void aMagicNumberAloneIsNoFile() throws Exception {
    Path gzip = Files.write(folder.resolve("t.gz"), HexFormat.of().parseHex("1f8b"));
    assertDamaged(gzip, "t.gz begins as gzip data, which is damaged or cut off after 0 bytes");
    Path zstd = Files.write(folder.resolve("t.zst"), HexFormat.of().parseHex("28b52ffd"));
    assertDamaged(
        zstd, "t.zst begins as Zstandard data, which is damaged or cut off after 0 bytes");
  }

  private void assertWhole(Path file) throws IOException {
    try (IngestedColumns columns = read(file)) {
      assertEquals(50_000, columns.rows());
      List<DecodedColumn> decoded = DecodedColumn.all(columns, spools);
      assertEquals(IntStream.range(0, 50_000).boxed().toList(), decoded.getFirst().values());
      assertEquals("w" + 49_999 * 7919 % 1000, decoded.getLast().values().getLast());
    }
  }

  private static Path cut(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return Files.write(file, Arrays.copyOf(bytes, bytes.length * 2 / 3));
  }

  private void assertDamaged(Path file, String beginning) {
    String message = assertThrows(CsvFormatException.class, () -> read(file)).getMessage();
    assertTrue(message.startsWith(beginning), message);
  }

  private IngestedColumns read(Path file) throws IOException {
    CsvReadOptions options = CsvReadOptions.builder(file.toFile()).build();
    return CsvIngest.read(CsvText.of(options), spools);
  }
}
