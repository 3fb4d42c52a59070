package dev.trestle.ingest;

import java.io.IOException;
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
 * <p>Beyond Tablesaw, files compressed by gzip or Zstandard are unpacked on the way, several files
 * become one table, and the names of the columns may be given apart from the rows; see {@link
 * CsvText}. Types are decided over all files.
 *
 * <p>Types are detected from the first 10,000 rows within 2 MiB. A record is at most 16 MiB long. A
 * quote inside quotes is doubled, or escaped by the options' escape sign; after the closing quote
 * nothing but white space may come, where Tablesaw guesses what was meant. A source that can be
 * read only once, a stream or a reader, is kept in a spool of its own size meanwhile, unless the
 * options configure the types of all columns.
 */
public final class CsvIngest {
  private final CsvText text;
  private final CsvReadOptions options;
  private final Path spoolFolder;
  private final IngestProgress progress;
  private final IngestLimits limits;

  CsvIngest(
      CsvReadOptions options, Path spoolFolder, IngestProgress progress, IngestLimits limits) {
    this(CsvText.of(options), spoolFolder, progress, limits);
  }

  CsvIngest(CsvText text, Path spoolFolder, IngestProgress progress, IngestLimits limits) {
    this.text = text;
    this.options = text.options();
    this.spoolFolder = spoolFolder;
    this.progress = progress;
    this.limits = limits;
  }

  /** As {@link #read(CsvText, Path, IngestProgress)}, with nobody told how far it is. */
  public static IngestedColumns read(CsvText text, Path spoolFolder) throws IOException {
    return read(text, spoolFolder, IngestProgress.NONE);
  }

  /**
   * Reads a text to its end, with up to four threads of its own, which are gone on return.
   *
   * @param spoolFolder an existing folder with room for the columns. The files in it have no name:
   *     they vanish with the process at the latest
   * @return the columns; close them
   * @throws CsvFormatException if the text forms no table of the types asked for
   * @throws IOException if a source cannot be read or the spools find no room; an {@code
   *     InterruptedIOException} or {@code ClosedByInterruptException} if the calling thread is
   *     interrupted. Nothing is left behind then
   */
  public static IngestedColumns read(CsvText text, Path spoolFolder, IngestProgress progress)
      throws IOException {
    return new CsvIngest(text, spoolFolder, progress, IngestLimits.standard()).read();
  }

  IngestedColumns read() throws IOException {
    if (options.sampleSize() >= 0) {
      throw new CsvFormatException(
          "sampleSize picks random rows, which is not supported; read the whole table and sample it");
    }
    Spools kept = new Spools(spoolFolder);
    List<CsvSource> sources = CsvSource.of(text, kept);
    try {
      List<Origin> origins = new ArrayList<>();
      for (CsvSource source : sources) {
        origins.add(Origin.of(source, options));
      }
      return passes(origins);
    } finally {
      for (CsvSource source : sources) {
        source.close();
      }
      kept.close();
    }
  }

  /**
   * What a first look finds, without the sample: its strings could take more heap than all else.
   */
  private record Layout(List<Part> parts, List<Field> fields) {}

  private Layout layout(List<Origin> origins) throws IOException {
    Survey survey = Survey.of(text, origins, limits);
    return new Layout(survey.parts(), new Detection(options, survey).fields());
  }

  private IngestedColumns passes(List<Origin> origins) throws IOException {
    Layout layout = layout(origins);
    List<Field> fields = layout.fields();
    if (fields.stream().allMatch(field -> field.standing() == Field.Standing.CONFIGURED)) {
      origins.forEach(origin -> origin.source().lastTime());
    }
    while (true) {
      Widening widening = new Widening(options);
      IngestedColumns columns = pass(layout.parts(), fields, widening);
      if (!widening.isNeeded()) {
        return columns;
      }
      columns.close();
      fields = new Detection(options, Survey.of(text, origins, limits)).widened(fields, widening);
    }
  }

  private IngestedColumns pass(List<Part> parts, List<Field> fields, Widening widening)
      throws IOException {
    Spools spools = new Spools(spoolFolder);
    try (Feed feed = new Feed(parts, limits.chunkBytes())) {
      Assembler assembler = new Assembler(fields, widening, limits, spools);
      List<Batch> batches = new ArrayList<>();
      for (int i = 0; i < limits.threads() + 2; i++) {
        batches.add(new Batch(limits.chunkBytes(), fields, options));
      }
      long size = size(parts);
      new Pipeline(
              limits.threads(),
              batches,
              batch -> new RowParser(options, fields, widening, batch).parse(),
              assembler)
          .run(feed, () -> progress.advanced(feed.consumed(), size));
      return assembler.finish();
    } catch (IOException | RuntimeException | Error e) {
      spools.close();
      throw e;
    }
  }

  private static long size(List<Part> parts) {
    long sum = 0;
    for (Part part : parts) {
      long size = part.origin().source().size();
      if (size < 0) {
        return -1;
      }
      sum += size;
    }
    return sum;
  }
}
