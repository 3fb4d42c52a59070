package dev.trestle;

import dev.trestle.ingest.CsvFormatException;
import dev.trestle.ingest.CsvText;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.PatternSyntaxException;
import tech.tablesaw.io.Source;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * Delimited files that make one table, and how to read them.
 *
 * <pre>{@code
 * Trestle.shareCsv("flights", CsvFiles.matching(Path.of("flights"), "2015-*.csv.gz"));
 * Trestle.shareCsv("genome", CsvFiles.of(Path.of("genome.tsv.zst"))
 *     .options(o -> o.separator('\t'))
 *     .headerFile(Path.of("genome.header")));
 * }</pre>
 *
 * <p>Files compressed by gzip or Zstandard are unpacked on the way, whatever their name. Several
 * files need the same column names, in any order; the types are decided over all of them.
 * Immutable.
 */
public final class CsvFiles {
  private final List<Path> files;
  private final Charset charset;
  private final CsvText.Header header;
  private final Consumer<CsvReadOptions.Builder> options;

  private CsvFiles(
      List<Path> files,
      Charset charset,
      CsvText.Header header,
      Consumer<CsvReadOptions.Builder> options) {
    this.files = files;
    this.charset = charset;
    this.header = header;
    this.options = options;
  }

  /** The given files, in the order of their rows. */
  public static CsvFiles of(Path... files) {
    return of(List.of(files));
  }

  /**
   * The given files, in the order of their rows.
   *
   * @throws CsvFormatException if there are none
   */
  public static CsvFiles of(List<Path> files) {
    if (files.isEmpty()) {
      throw new CsvFormatException("no files are given to make a table of");
    }
    return new CsvFiles(
        List.copyOf(files), StandardCharsets.UTF_8, new CsvText.Header.AsInOptions(), o -> {});
  }

  /**
   * The files in a folder whose names match, sorted by name.
   *
   * @param glob as {@link java.nio.file.FileSystem#getPathMatcher} has it: {@code part-*.csv},
   *     <code>*.{csv,tsv}</code>
   * @throws CsvFormatException if the folder cannot be listed, or no file matches
   */
  public static CsvFiles matching(Path folder, String glob) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
      for (Path entry : entries) {
        if (!Files.isDirectory(entry)) {
          found.add(entry);
        }
      }
    } catch (IOException | PatternSyntaxException e) {
      throw new CsvFormatException("cannot list " + glob + " in " + folder + ": " + e);
    }
    if (found.isEmpty()) {
      throw new CsvFormatException(
          "no file in " + folder.toAbsolutePath() + " has a name that matches " + glob);
    }
    found.sort(null);
    return of(found);
  }

  /**
   * With Tablesaw's options for all files: separator, types, missing values and so on.
   *
   * @param more called on a fresh builder when the files are read, after those given before
   */
  public CsvFiles options(Consumer<CsvReadOptions.Builder> more) {
    return new CsvFiles(files, charset, header, options.andThen(more));
  }

  /** With names for the columns, in the order of the fields: the files have no header row. */
  public CsvFiles columnNames(List<String> names) {
    return new CsvFiles(files, charset, new CsvText.Header.Names(names), options);
  }

  /** As {@link #columnNames(List)}. */
  public CsvFiles columnNames(String... names) {
    return columnNames(List.of(names));
  }

  /**
   * With the names of the columns in the first row of another file, separated and quoted as in
   * these: the files have no header row.
   */
  public CsvFiles headerFile(Path file) {
    return new CsvFiles(files, charset, new CsvText.Header.InFile(file), options);
  }

  /** With a charset; without, it is UTF-8. */
  public CsvFiles charset(Charset other) {
    return new CsvFiles(files, other, header, options);
  }

  CsvText text() {
    CsvReadOptions.Builder builder =
        CsvReadOptions.builder(new Source(files.getFirst().toFile(), charset));
    options.accept(builder);
    return new CsvText(builder.build(), files, charset, header);
  }
}
