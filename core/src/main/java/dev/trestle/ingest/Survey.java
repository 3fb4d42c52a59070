package dev.trestle.ingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * A first look into all sources of a table.
 *
 * @param names of the columns
 * @param parts the sources, each with its fields' places in the table
 * @param rows from the start of the sources, in the order of the columns; an empty value is null
 */
record Survey(List<String> names, List<Part> parts, List<@Nullable String[]> rows) {
  /** More files than these need not show their rows: the first ones tell enough. */
  private static final int MOST_SAMPLED = 100;

  private static final int LEAST_SAMPLE = 1 << 12; // 4 KiB

  static Survey of(CsvText text, List<Origin> sources, IngestLimits limits) throws IOException {
    List<Origin> origins = text.hasHeaderRow() ? sources : withRows(sources);
    CsvReadOptions options = text.options();
    int share = Math.max(limits.sampleBytes() / origins.size(), LEAST_SAMPLE);
    List<Sample> samples = new ArrayList<>();
    for (Origin origin : origins) {
      boolean isFirst = samples.isEmpty();
      int most = samples.size() < MOST_SAMPLED ? Sample.MOST_ROWS : 1;
      samples.add(Sample.of(origin, options, isFirst ? limits.sampleBytes() : share, most));
    }
    List<String> names = names(text, samples.getFirst(), limits);
    Integer most = options.maxNumberOfColumns();
    if (most != null && names.size() > most) {
      throw new CsvFormatException(
          "%s has %d columns; maxNumberOfColumns, now %d, allows more"
              .formatted(origins.getFirst().source().name(), names.size(), most));
    }
    List<Part> parts = new ArrayList<>();
    List<@Nullable String[]> rows = new ArrayList<>();
    for (int i = 0; i < origins.size(); i++) {
      Part part = part(text, names, origins.get(i), samples.get(i), origins.getFirst());
      parts.add(part);
      samples.get(i).rows().stream()
          .skip(part.hasHeaderRow() ? 1 : 0)
          .filter(row -> row.length == names.size())
          .map(row -> inOrder(row, part.columns()))
          .forEach(rows::add);
    }
    return new Survey(names, parts, rows);
  }

  /** Without a header row, a file of no bytes is a table of no rows: others write such. */
  private static List<Origin> withRows(List<Origin> sources) {
    List<Origin> found = sources.stream().filter(origin -> origin.source().size() != 0).toList();
    return found.isEmpty() ? sources.subList(0, 1) : found;
  }

  private static List<String> names(CsvText text, Sample first, IngestLimits limits)
      throws IOException {
    CsvReadOptions options = text.options();
    return switch (text.header()) {
      case CsvText.Header.Names(List<String> given) -> unique(given, options);
      case CsvText.Header.InFile(var file) -> {
        Origin origin = Origin.of(CsvFile.of(file, text.charset()), options);
        Sample header = Sample.of(origin, options, limits.sampleBytes(), 1);
        yield named(header.rows().getFirst(), options);
      }
      case CsvText.Header.AsInOptions() ->
          options.header()
              ? named(first.rows().getFirst(), options)
              : numbered(first.rows().getFirst().length, options);
    };
  }

  private static List<String> named(@Nullable String[] header, CsvReadOptions options) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < header.length; i++) {
      String name = header[i];
      found.add(name == null ? ColumnNames.unnamed(i) : name.trim());
    }
    return unique(found, options);
  }

  private static List<String> unique(List<String> found, CsvReadOptions options) {
    return options.allowDuplicateColumnNames() ? ColumnNames.unique(found) : found;
  }

  private static List<String> numbered(int width, CsvReadOptions options) {
    ColumnType[] configured = options.columnTypes();
    int count = configured == null ? width : configured.length;
    return IntStream.range(0, count).mapToObj(ColumnNames::unnamed).toList();
  }

  private static Part part(
      CsvText text, List<String> names, Origin origin, Sample sample, Origin first) {
    @Nullable String[] row = sample.rows().getFirst();
    int[] columns = IntStream.range(0, names.size()).toArray();
    if (text.hasHeaderRow()) {
      columns = places(named(row, text.options()), names, origin, first);
    } else if (!(text.header() instanceof CsvText.Header.AsInOptions)
        && row.length != names.size()
        && !text.options().skipRowsWithInvalidColumnCount()) {
      throw new CsvFormatException(
          "%s has %d columns, and %d names are given for them: %s"
              .formatted(origin.source().name(), row.length, names.size(), names));
    }
    return new Part(origin, columns, text.hasHeaderRow(), sample.bytes());
  }

  /** For each name of a part's own header, the place of its column in the table. */
  private static int[] places(List<String> own, List<String> names, Origin origin, Origin first) {
    if (own.equals(names)) {
      return IntStream.range(0, names.size()).toArray();
    }
    List<String> missing = new ArrayList<>(names);
    List<String> surplus = new ArrayList<>();
    for (String name : own) {
      if (!missing.remove(name)) {
        surplus.add(name);
      }
    }
    if (!missing.isEmpty() || !surplus.isEmpty()) {
      throw new CsvFormatException(
          "%s has other columns than %s:%s%s. Files of one table have the same names; for files without a header row, say so (header(false)) or give the names"
              .formatted(
                  origin.source().name(),
                  first.source().name(),
                  missing.isEmpty() ? "" : " it lacks " + missing,
                  surplus.isEmpty()
                      ? ""
                      : (missing.isEmpty() ? " it has " : " and has ") + surplus + " besides"));
    }
    return own.stream().mapToInt(names::indexOf).toArray();
  }

  private static @Nullable String[] inOrder(@Nullable String[] row, int[] columns) {
    @Nullable String[] ordered = Arrays.copyOf(row, row.length);
    for (int i = 0; i < row.length; i++) {
      ordered[columns[i]] = row[i];
    }
    return ordered;
  }
}
