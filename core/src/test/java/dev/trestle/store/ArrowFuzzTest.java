package dev.trestle.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.trestle.Tables;
import dev.trestle.column.ColumnEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a file says, it is a table whose values can all be read, or a {@link StoreException}:
 * when it is opened, or, as the rows of a file that passes for one of the store's own are not
 * looked at then, when a row is read.
 */
class ArrowFuzzTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long SECOND = 1_000_000_000;

  /** What one small file may cost. Decoding its strings is most of that. */
  private static final long MOST_BYTES = 64 << 20;

  @TempDir Path folder;
  private final List<byte[]> foreign = new ArrayList<>();
  private final List<byte[]> compressed = new ArrayList<>();
  private final List<byte[]> ours = new ArrayList<>();
  private FileChannel sink;
  private int tables;
  private int refused;

  @BeforeEach
  void originals() throws IOException {
    for (String name : List.of("native", "converted", "deltas", "nested", "no-batches", "runs")) {
      foreign.add(resource(name));
    }
    compressed.add(resource("lz4"));
    compressed.add(resource("zstd"));
    compressed.add(resource("runs-zstd"));
    try (var catalogue = Catalogue.open(List.of(StoreFolder.open(folder.resolve("store"))))) {
      for (int rows : new int[] {0, 1, 40, 150}) {
        var content = ColumnEncoder.content(Tables.everyType(rows, rows));
        byte[] file = Files.readAllBytes(catalogue.commit("t" + rows, content).location());
        foreign.add(file);
        ours.add(file);
      }
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (var in = ArrowFuzzTest.class.getResourceAsStream("/arrow/" + name + ".arrow")) {
      return in.readAllBytes();
    }
  }

  @BeforeEach
  void openSink() throws IOException {
    sink =
        FileChannel.open(
            folder.resolve("converted"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  @AfterEach
  void closeSink() throws IOException {
    sink.close();
  }

  @Test
  void aThousandDamagedFilesAreTablesOrErrors() {
    fuzz(foreign, 800, 1, ArrowSource.Origin.UNKNOWN);
    fuzz(compressed, 50, 2, ArrowSource.Origin.UNKNOWN);
    fuzz(ours, 200, 3, ArrowSource.Origin.OURS);
  }

  @Test
  @Tag("slow")
  void aHundredThousandDamagedForeignFilesAreTablesOrErrors() {
    fuzz(foreign, 100_000, 4, ArrowSource.Origin.UNKNOWN);
  }

  @Test
  @Tag("slow")
  void fiveThousandDamagedCompressedFilesAreTablesOrErrors() {
    fuzz(compressed, 5000, 5, ArrowSource.Origin.UNKNOWN);
  }

  @Test
  @Tag("slow")
  void fiftyThousandDamagedFilesOfTheStoreAreTablesOrErrors() {
    fuzz(ours, 50_000, 6, ArrowSource.Origin.OURS);
  }

  private void fuzz(List<byte[]> originals, int count, long seed, ArrowSource.Origin origin) {
    tables = 0;
    refused = 0;
    var damaged = new DamagedBytes(originals, seed);
    for (int i = 0; i < count; i++) {
      byte[] bytes = damaged.next();
      String which = "file %d of seed %d".formatted(i, seed);
      long start = System.nanoTime();
      long allocated = THREADS.getCurrentThreadAllocatedBytes();
      try {
        read(bytes, origin);
        tables++;
      } catch (StoreException e) {
        refused++;
      } catch (RuntimeException | Error e) {
        throw new AssertionError(which, e);
      }
      assertTrue(System.nanoTime() - start < 20 * SECOND, which + " took 20 s");
      long cost = THREADS.getCurrentThreadAllocatedBytes() - allocated;
      assertTrue(cost < MOST_BYTES, which + " allocated " + cost);
    }
    assertTrue(tables > count / 50, tables + " tables");
    assertTrue(refused > count / 4, refused + " refused");
  }

  private void read(byte[] bytes, ArrowSource.Origin origin) {
    var source = new ArrowSource(Path.of("fuzz.arrow"), MemorySegment.ofArray(bytes), origin);
    var reader = new ArrowFileReader(source);
    var inflater = new ScratchInflater(source, folder);
    RuntimeException refusal = null;
    for (int i = 0; i < reader.fields().size(); i++) {
      try {
        switch (reader.fit(i)) {
          case Fit.InPlace inPlace -> readAll(reader.inPlace(i));
          case Fit.Converted(ColumnKind kind, String why) -> write(reader, i, kind, inflater);
          case Fit.Refused no -> refusal = new StoreException(no.why());
        }
      } catch (StoreException e) {
        refusal = e; // the other columns are tried as well
      }
    }
    if (refusal != null) {
      throw refusal;
    }
  }

  /** Every value that is not missing. */
  static void readAll(StoredColumn column) {
    for (Chunk chunk : column.chunks()) {
      for (long row = 0; row < chunk.rows(); row++) {
        boolean present = TextCheck.isPresent(chunk.validity(), row);
        switch (chunk) {
          case Chunk.Text text when present || text.sentinels() -> text.text().decode(row);
          case Chunk.Codes codes when present || codes.sentinels() ->
              codes.dictionary().decode(codes.code(row));
          case Chunk.Values values when column.kind() == ColumnKind.BOOLEAN ->
              TextCheck.isPresent(values.values(), row);
          case Chunk.Values values ->
              values.values().get(ValueLayout.JAVA_BYTE, (row + 1) * column.kind().width() - 1);
          default -> {}
        }
      }
    }
  }

  /** Converted into a real file, if there is room for what it claims. */
  private void write(ArrowFileReader reader, int index, ColumnKind kind, Inflater inflater) {
    try {
      ColumnPayload payload = ConvertedColumn.of(reader, index, kind, inflater).payload();
      for (Bytes buffer : payload.buffers()) {
        if (buffer.size() > MOST_BYTES) {
          throw new StoreFullException("as a store would say");
        }
        buffer.writeTo(sink, 0);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
