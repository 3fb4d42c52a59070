package dev.trestle.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * Reads delimited text of any size into columns in spool files, with a heap that does not grow with
 * it: 256 MiB are enough.
 *
 * <p>The result is what {@code Table.read().csv(options)} gives: the same names, types, missing
 * values and cells. Where Tablesaw samples the source to detect types and fails on a value that the
 * sample did not foretell, the type is widened here and the source read once more; a type that the
 * options configure is never changed, and a value that is none of it is an error.
 *
 * <p>Types are detected from the first 10,000 rows within 2 MiB. A record is at most 16 MiB long. A
 * quote inside quotes is doubled, or escaped by the options' escape sign; after the closing quote
 * nothing but white space may come, where Tablesaw guesses what was meant. A source that can be
 * read only once, a stream or a reader, is kept in a spool of its own size meanwhile, unless the
 * options configure the types of all columns.
 */
public final class CsvIngest {
  private static final int HEAD = 1 << 16; // 64 KiB: a line ends somewhere in there

  private final CsvReadOptions options;
  private final Path spoolFolder;
  private final IngestProgress progress;
  private final IngestLimits limits;

  CsvIngest(
      CsvReadOptions options, Path spoolFolder, IngestProgress progress, IngestLimits limits) {
    this.options = options;
    this.spoolFolder = spoolFolder;
    this.progress = progress;
    this.limits = limits;
  }

  /** As {@link #read(CsvReadOptions, Path, IngestProgress)}, with nobody told how far it is. */
  public static IngestedColumns read(CsvReadOptions options, Path spoolFolder) throws IOException {
    return read(options, spoolFolder, IngestProgress.NONE);
  }

  /**
   * Reads a source to its end, with up to four threads of its own, which are gone on return.
   *
   * @param spoolFolder an existing folder with room for the columns. The files in it have no name:
   *     they vanish with the process at the latest
   * @return the columns; close them
   * @throws CsvFormatException if the text forms no table of the types asked for
   * @throws IOException if the source cannot be read or the spools find no room; an {@code
   *     InterruptedIOException} or {@code ClosedByInterruptException} if the calling thread is
   *     interrupted. Nothing is left behind then
   */
  public static IngestedColumns read(
      CsvReadOptions options, Path spoolFolder, IngestProgress progress) throws IOException {
    return new CsvIngest(options, spoolFolder, progress, IngestLimits.standard()).read();
  }

  IngestedColumns read() throws IOException {
    if (options.sampleSize() >= 0) {
      throw new CsvFormatException(
          "sampleSize picks random rows, which is not supported; read the whole table and sample it");
    }
    try (Spools kept = new Spools(spoolFolder);
        CsvSource source = CsvSource.of(options, kept)) {
      Dialect dialect = Dialect.of(options, head(source));
      Detection detection = detection(source, dialect);
      return passes(source, dialect, detection.fields(), detection.sampleBytes());
    }
  }

  /** Reads the sample anew: kept, its strings could take more heap than all the rest. */
  private Detection detection(CsvSource source, Dialect dialect) throws IOException {
    return new Detection(
        options, source.name(), Sample.of(source, dialect, options, limits.sampleBytes()));
  }

  private IngestedColumns passes(
      CsvSource source, Dialect dialect, List<Field> detected, int sampleBytes) throws IOException {
    List<Field> fields = detected;
    if (fields.stream().allMatch(field -> field.standing() == Field.Standing.CONFIGURED)) {
      source.lastTime();
    }
    while (true) {
      Widening widening = new Widening(options);
      // The first chunk is as large as the sample, in which the header was seen.
      IngestedColumns columns = pass(source, dialect, fields, widening, sampleBytes);
      if (!widening.isNeeded()) {
        return columns;
      }
      columns.close();
      fields = detection(source, dialect).widened(fields, widening);
    }
  }

  private static byte[] head(CsvSource source) throws IOException {
    try (InputStream stream = source.open()) {
      return stream.readNBytes(HEAD);
    }
  }

  private IngestedColumns pass(
      CsvSource source, Dialect dialect, List<Field> fields, Widening widening, int firstChunk)
      throws IOException {
    Spools spools = new Spools(spoolFolder);
    try (InputStream stream = dialect.plain(source.open())) {
      Assembler assembler = new Assembler(source.name(), fields, widening, limits, spools);
      List<Batch> batches = new ArrayList<>();
      for (int i = 0; i < limits.threads() + 2; i++) {
        batches.add(new Batch(limits.chunkBytes(), fields, options));
      }
      Splitter splitter = new Splitter(stream, dialect, source.charset());
      new Pipeline(
              limits.threads(),
              batches,
              batch ->
                  new RowParser(dialect, options, fields, widening, batch).parse(source.charset()),
              assembler)
          .run(
              splitter,
              firstChunk,
              limits.chunkBytes(),
              () -> progress.advanced(splitter.consumed(), source.size()));
      return assembler.finish();
    } catch (IOException | RuntimeException | Error e) {
      spools.close();
      throw e;
    }
  }
}
