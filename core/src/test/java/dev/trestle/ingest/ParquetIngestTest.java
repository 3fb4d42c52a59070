package dev.trestle.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.store.ColumnKind;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that pyarrow, polars and DuckDB wrote; make.py beside them says how. */
class ParquetIngestTest {
  private static final int ROWS = 300;
  private static final long NOTHING_ON_HEAP = 0;
  private static final LocalDateTime NOON = LocalDateTime.parse("1969-12-31T12:00:00.123");

  @TempDir Path spools;
  @TempDir Path folder;

  @AfterEach
  void nothingIsLeft() throws Exception {
    Leftovers.assertNone(spools);
  }

  /** A column of make.py: what it is read as, and its value by row. */
  private record Expected(String column, ColumnKind kind, IntFunction<Object> value) {
    @Override
    public String toString() {
      return column + " as " + kind;
    }
  }

  static List<Expected> columns() {
    return List.of(
        new Expected("int8", ColumnKind.SHORT, i -> (short) (i % 100 - 50)),
        new Expected("int16", ColumnKind.SHORT, i -> (short) (i - 150)),
        new Expected("int32", ColumnKind.INT, i -> i * 1000),
        new Expected("int64", ColumnKind.LONG, i -> i * 1_000_000_000_000_000L),
        new Expected("uint8", ColumnKind.SHORT, i -> (short) (i % 256)),
        new Expected("uint16", ColumnKind.INT, i -> 65535 - i),
        new Expected("uint32", ColumnKind.LONG, i -> (1L << 32) - 1 - i),
        new Expected(
            "uint64",
            ColumnKind.DOUBLE,
            i -> BigInteger.TWO.pow(63).add(BigInteger.valueOf(2048L * i)).doubleValue()),
        new Expected("half", ColumnKind.FLOAT, i -> i / 4f),
        new Expected("float", ColumnKind.FLOAT, i -> i / 8f),
        new Expected("double", ColumnKind.DOUBLE, i -> i / 10.0),
        new Expected("bool", ColumnKind.BOOLEAN, i -> i % 3 == 0),
        new Expected("word", ColumnKind.STRING, i -> "wä" + i % 5),
        new Expected("text", ColumnKind.STRING, i -> "row " + i + " \uD83D\uDE00"),
        new Expected("date", ColumnKind.DATE, i -> LocalDate.of(1960, 2, 29).plusDays(i)),
        new Expected("time_ms", ColumnKind.TIME, ParquetIngestTest::time),
        new Expected("time_us", ColumnKind.TIME, ParquetIngestTest::time),
        new Expected("time_ns", ColumnKind.TIME, ParquetIngestTest::time),
        new Expected("local_ms", ColumnKind.DATE_TIME, NOON::plusHours),
        new Expected("local_us", ColumnKind.DATE_TIME, NOON::plusHours),
        new Expected("local_ns", ColumnKind.DATE_TIME, NOON::plusHours),
        new Expected("zoned_us", ColumnKind.INSTANT, ParquetIngestTest::instant),
        new Expected("dec4", ColumnKind.SHORT, i -> (short) i),
        new Expected("dec18", ColumnKind.LONG, i -> i * 100_000_000_000_000L),
        new Expected("dec9_2", ColumnKind.DOUBLE, i -> i / 4.0),
        new Expected("dec38_10", ColumnKind.DOUBLE, i -> i / 1024.0),
        new Expected("uuid", ColumnKind.STRING, i -> new UUID(0, i).toString()));
  }

  private static LocalTime time(int row) {
    return LocalTime.ofNanoOfDay(row * 1_001_000_000L);
  }

  private static Instant instant(int row) {
    return NOON.plusHours(row).toInstant(ZoneOffset.UTC);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("columns")
  void aTypeThatPyarrowWrites(Expected expected) throws Exception {
    assertColumn(expected, "pyarrow-snappy.parquet");
  }

  private void assertColumn(Expected expected, String file) throws Exception {
    DecodedColumn column =
        decoded(resource(file)).stream()
            .filter(found -> found.name().equals(expected.column()))
            .findFirst()
            .orElseThrow();
    assertEquals(expected.kind(), column.kind());
    assertEquals(values(expected.value()), column.values());
  }

  private static List<Object> values(IntFunction<Object> value) {
    return IntStream.range(0, ROWS)
        .mapToObj(i -> i % 7 == 3 ? null : value.apply(i))
        .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pyarrow-v2-gzip.parquet",
        "pyarrow-lz4.parquet",
        "polars-zstd.parquet",
        "duckdb-zstd.parquet"
      })
  void otherWritersAndLayouts(String file) throws Exception {
    for (Expected expected : columns()) {
      if (List.of("int32", "double", "word", "text", "local_us").contains(expected.column())) {
        assertColumn(expected, file);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pyarrow-snappy.parquet", "pyarrow-v2-gzip.parquet", "duckdb-zstd.parquet"})
  void columnChunksThatAreLargeForTheHeapAreReadThroughAFile(String file) throws Exception {
    List<Path> twice = List.of(resource(file), resource(file));
    List<DecodedColumn> expected = decoded(twice.toArray(Path[]::new));
    try (IngestedColumns columns =
        ParquetReading.read(twice, spools, IngestLimits.standard(), NOTHING_ON_HEAP)) {
      List<DecodedColumn> found = DecodedColumn.all(columns, spools);
      for (int i = 0; i < expected.size(); i++) {
        assertEquals(expected.get(i).name(), found.get(i).name());
        assertEquals(expected.get(i).values(), found.get(i).values(), found.get(i).name());
      }
    }
  }

  @Test
  void aDecimalAndAnEnumOfDuckdb() throws Exception {
    List<DecodedColumn> columns = decoded(resource("duckdb-zstd.parquet"));
    assertEquals(values(i -> i * 1000.0), columns.get(5).values());
    assertEquals("a", columns.get(6).values().getFirst());
  }

  @Test
  void theOldTimestampsOfImpala() throws Exception {
    assertColumn(
        new Expected("local_ns", ColumnKind.DATE_TIME, NOON::plusHours), "pyarrow-int96.parquet");
  }

  @Test
  void aColumnOfNullsIsOneOfMissingStrings() throws Exception {
    DecodedColumn column = decoded(resource("pyarrow-snappy.parquet")).getLast();
    assertEquals(ColumnKind.STRING, column.kind());
    assertEquals(ROWS, column.values().stream().filter(value -> value == null).count());
  }

  @Test
  void severalFilesAreOneTable() throws Exception {
    Path file = resource("polars-zstd.parquet");
    List<Object> once = values(i -> i * 1000);
    List<Object> twice = new ArrayList<>(once);
    twice.addAll(once);
    assertEquals(twice, decoded(file, file).getFirst().values());
  }

  @Test
  void aFileWithoutRowsIsATableWithoutRows() throws Exception {
    List<DecodedColumn> columns = decoded(resource("empty.parquet"));
    assertEquals(List.of("int32", "word"), columns.stream().map(DecodedColumn::name).toList());
    assertEquals(List.of(), columns.getFirst().values());
  }

  @Test
  void filesWithOtherColumnsAreNamedWithTheDifference() throws Exception {
    Path first = resource("pyarrow-lz4.parquet");
    Path other = resource("empty.parquet");
    assertEquals(
        other
            + " has other columns than "
            + first
            + ": [] instead of [double DOUBLE, text STRING, local_us DATE_TIME]",
        message(first, other));
  }

  @Test
  void aNestedColumnIsRefusedByNameAndType() throws Exception {
    String message = message(resource("nested.parquet"));
    assertTrue(message.contains("column 'tags' is a nested type (optional group tags"), message);
  }

  @Test
  void bytesAreRefusedByNameAndType() throws Exception {
    String message = message(resource("bytes.parquet"));
    assertTrue(message.contains("column 'raw' is bytes (optional binary raw)"), message);
  }

  @Test
  void aMissingFileAFolderAndNoFileAreErrors() {
    assertEquals(
        "there is no file " + folder.resolve("none.parquet"),
        message(folder.resolve("none.parquet")));
    assertEquals(folder + " is a folder, not a file", message(folder));
    assertEquals("no files are given to make a table of", message());
  }

  @Test
  void aFileOfSomethingElseIsAnError() throws Exception {
    Path file = Files.writeString(folder.resolve("t.parquet"), "a,b\n1,2\n".repeat(10));
    String message = message(file);
    assertTrue(message.startsWith(file + " is no Parquet file, or a damaged one: "), message);
  }

  @Test
  void aTruncatedFileIsAnError() throws Exception {
    byte[] bytes = Files.readAllBytes(resource("polars-zstd.parquet"));
    for (int length : new int[] {0, 4, 11, bytes.length / 2, bytes.length - 1}) {
      Path file = Files.write(folder.resolve("t.parquet"), Arrays.copyOf(bytes, length));
      String message = message(file);
      assertTrue(message.startsWith(file + " is no Parquet file, or a damaged one: "), message);
    }
  }

  @Test
  void damageAnywhereIsATableOrAnError() throws Exception {
    byte[] bytes = Files.readAllBytes(resource("polars-zstd.parquet"));
    Random random = new Random(1);
    for (int round = 0; round < 300; round++) {
      byte[] damaged = bytes.clone();
      for (int i = 0; i < 3; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Path file = Files.write(folder.resolve("t.parquet"), damaged);
      long chunkOnHeap = round % 2 == 0 ? Long.MAX_VALUE : NOTHING_ON_HEAP;
      try (IngestedColumns columns =
          ParquetReading.read(List.of(file), spools, IngestLimits.standard(), chunkOnHeap)) {
        assertTrue(columns.rows() >= 0);
      } catch (ParquetException e) {
        assertTrue(e.getMessage().contains("t.parquet"), e.getMessage());
      }
    }
  }

  private static Path resource(String name) throws Exception {
    return Path.of(ParquetIngestTest.class.getResource("/parquet/" + name).toURI());
  }

  private List<DecodedColumn> decoded(Path... files) throws Exception {
    try (IngestedColumns columns = ParquetIngest.read(List.of(files), spools)) {
      return DecodedColumn.all(columns, spools);
    }
  }

  private String message(Path... files) {
    return assertThrows(
            ParquetException.class, () -> ParquetIngest.read(List.of(files), spools).close())
        .getMessage();
  }
}
