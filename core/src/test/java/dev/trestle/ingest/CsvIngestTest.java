package dev.trestle.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trestle.store.Bytes;
import dev.trestle.store.ColumnKind;
import dev.trestle.store.ColumnPayload;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.StringReader;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.io.csv.CsvReadOptions;

class CsvIngestTest {
  private static final IngestLimits SMALL_CHUNKS =
      new IngestLimits(16, 16, 3, 1 << 16, 1 << 20, Long.MAX_VALUE);

  /** Large enough for a spool file, not only its buffer. */
  private static final String LARGE = "a\n" + "1\n".repeat(100_000);

  @TempDir Path folder;

  @AfterEach
  void nothingIsLeft() throws Exception {
    Leftovers.assertNone(folder);
  }

  @Test
  void aHeaderAloneIsATableOfStringsWithoutRows() throws Exception {
    try (IngestedColumns columns = CsvIngest.read(text("a,b\n"), folder)) {
      assertEquals(0, columns.rows());
      List<DecodedColumn> decoded = DecodedColumn.all(columns, folder);
      assertEquals(List.of("a", "b"), decoded.stream().map(DecodedColumn::name).toList());
      assertEquals(
          List.of(ColumnKind.STRING, ColumnKind.STRING),
          decoded.stream().map(DecodedColumn::kind).toList());
    }
  }

  @Test
  void aHeaderAloneKeepsTheConfiguredTypes() throws Exception {
    CsvReadOptions options =
        options("a,b\n")
            .columnTypes(new ColumnType[] {ColumnType.LOCAL_DATE, ColumnType.DOUBLE})
            .build();
    try (IngestedColumns columns = CsvIngest.read(CsvText.of(options), folder)) {
      assertEquals(
          List.of(ColumnKind.DATE, ColumnKind.DOUBLE),
          columns.columns().stream().map(ColumnPayload::kind).toList());
    }
  }

  @Test
  void aValueFarBeyondTheSampleWidensTheType() throws Exception {
    String text = "a,b\n" + "1,\n".repeat(200_000) + "1.5,x\n" + "2,\n".repeat(200_000);
    try (IngestedColumns columns = CsvIngest.read(text(text), folder)) {
      assertEquals(400_001, columns.rows());
      assertEquals(
          List.of(ColumnKind.DOUBLE, ColumnKind.STRING),
          columns.columns().stream().map(ColumnPayload::kind).toList());
      assertEquals(400_000, columns.columns().get(1).missing());
    }
  }

  @Test
  void rowsKeepTheOrderOfTheSource() throws Exception {
    StringBuilder text = new StringBuilder("a,b\n");
    List<Object> expected = new ArrayList<>();
    for (int row = 0; row < 20_000; row++) {
      text.append(row).append(",\"v\n").append(row % 7).append("\"\n");
      expected.add(row);
    }
    CsvIngest ingest =
        new CsvIngest(
            options(text.toString()).build(),
            folder,
            IngestProgress.NONE,
            new IngestLimits(100, 200, 4, 1 << 16, 1 << 20, Long.MAX_VALUE));
    try (IngestedColumns columns = ingest.read()) {
      assertEquals(expected, DecodedColumn.all(columns, folder).getFirst().values());
    }
  }

  @Test
  void spoolsHaveNoNameWhileTheyAreOpen() throws Exception {
    IngestedColumns columns = CsvIngest.read(text(LARGE), folder);
    assertEquals(List.of(), Leftovers.files(folder));
    assertEquals(1, Leftovers.openSpools(folder).size());
    columns.close();
  }

  @Test
  void aSmallTableNeedsNoSpoolFile() throws Exception {
    try (IngestedColumns columns = CsvIngest.read(text("a,b\n1,x\n"), folder)) {
      assertEquals(1, columns.rows());
      assertEquals(List.of(), Leftovers.openSpools(folder));
    }
  }

  @Test
  void writingABufferFreesItsSpool() throws Exception {
    Path target = Files.createTempFile("written", ".bin");
    try (IngestedColumns columns = CsvIngest.read(text(LARGE), folder);
        FileChannel file = FileChannel.open(target, StandardOpenOption.WRITE)) {
      Bytes values = columns.columns().getFirst().buffers().get(1);
      values.writeTo(file, 0);
      assertEquals(List.of(), Leftovers.openSpools(folder));
      assertThrows(IOException.class, () -> values.writeTo(file, 0));
    } finally {
      Files.delete(target);
    }
  }

  @Test
  void closedColumnsCannotBeWritten() throws Exception {
    Path target = Files.createTempFile("written", ".bin");
    try (FileChannel file = FileChannel.open(target, StandardOpenOption.WRITE)) {
      IngestedColumns columns = CsvIngest.read(text("a\n1\n"), folder);
      columns.close();
      Bytes values = columns.columns().getFirst().buffers().get(1);
      assertThrows(IOException.class, () -> values.writeTo(file, 0));
    } finally {
      Files.delete(target);
    }
  }

  @Test
  void progressReachesTheSizeOfTheFile() throws Exception {
    Path file = Files.writeString(folder.resolve("t.csv"), "a,b\n" + "1,x\n".repeat(100));
    List<Long> consumed = new ArrayList<>();
    CsvReadOptions options =
        CsvReadOptions.builder(new tech.tablesaw.io.Source(file.toFile(), StandardCharsets.UTF_8))
            .build();
    new CsvIngest(
            options,
            folder,
            (bytes, total) -> {
              consumed.add(bytes);
              assertEquals(404, total);
            },
            SMALL_CHUNKS)
        .read()
        .close();
    Files.delete(file);
    assertTrue(consumed.size() > 1);
    assertEquals(404, consumed.getLast());
  }

  @Test
  void aMissingSpoolFolderIsAnError() {
    assertThrows(IOException.class, () -> CsvIngest.read(text(LARGE), folder.resolve("none")));
  }

  @Test
  void aSourceThatFailsMidwayFailsTheIngest() {
    InputStream failing =
        new InputStream() {
          private int given;

          @Override
          public int read() throws IOException {
            if (given > 10_000) {
              throw new IOException("the line is dead");
            }
            return "a\n".charAt(given++ % 2);
          }
        };
    IOException e =
        assertThrows(
            IOException.class,
            () ->
                new CsvIngest(
                        CsvReadOptions.builder(failing).build(),
                        folder,
                        IngestProgress.NONE,
                        SMALL_CHUNKS)
                    .read());
    assertEquals("the line is dead", e.getMessage());
  }

  @Test
  void aListenerThatThrowsEndsTheIngest() {
    assertThrows(
        ArithmeticException.class,
        () ->
            CsvIngest.read(
                text("a\n1\n"),
                folder,
                (bytes, total) -> {
                  throw new ArithmeticException();
                }));
  }

  @Test
  void anInterruptEndsTheIngest() throws Exception {
    CountDownLatch running = new CountDownLatch(100);
    CompletableFuture<Throwable> outcome = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .start(() -> {
              try {
                new CsvIngest(
                        CsvReadOptions.builder(endless()).build(),
                        folder,
                        (bytes, total) -> running.countDown(),
                        SMALL_CHUNKS)
                    .read();
              } catch (Throwable e) {
                outcome.complete(e);
              }
            });
    assertTrue(running.await(30, TimeUnit.SECONDS));
    thread.interrupt();
    Throwable e = outcome.get(30, TimeUnit.SECONDS);
    // Which of the two depends on where the interrupt meets the thread.
    assertTrue(
        e instanceof InterruptedIOException || e instanceof ClosedByInterruptException,
        e::toString);
    thread.join();
  }

  private static InputStream endless() {
    return new InputStream() {
      private long given;

      @Override
      public int read() {
        return given++ % 2 == 0 ? '1' : '\n';
      }
    };
  }

  private static CsvText text(String text) {
    return CsvText.of(options(text).build());
  }

  private static CsvReadOptions.Builder options(String text) {
    return CsvReadOptions.builder(new StringReader(text));
  }
}
