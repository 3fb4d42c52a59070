package dev.trestle.ingest;

import java.io.File;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * Delimited text that makes one table: where it is, and where its column names are.
 *
 * @param options how to read it
 * @param files the files whose rows follow one another, instead of the options' source; none for
 *     that source
 * @param charset of the files and the header file
 * @param header where the names of the columns are
 */
public record CsvText(CsvReadOptions options, List<Path> files, Charset charset, Header header) {

  public CsvText {
    files = List.copyOf(files);
  }

  /** The options' own source, with a header row or without as they say. */
  public static CsvText of(CsvReadOptions options) {
    return new CsvText(options, List.of(), StandardCharsets.UTF_8, new Header.AsInOptions());
  }

  /** Whether the first row of each file is names. */
  boolean hasHeaderRow() {
    return header instanceof Header.AsInOptions && options.header();
  }

  /** About how many bytes of text there are, or 0 where only reading it will tell. */
  public long expectedBytes() {
    File source = options.source().file();
    List<Path> all = files.isEmpty() && source != null ? List.of(source.toPath()) : files;
    return all.stream().mapToLong(CsvFile::expectedBytes).sum();
  }

  /** Where the names of the columns are. */
  public sealed interface Header {
    /** In the first row of each file, or nowhere: as the options say. */
    record AsInOptions() implements Header {}

    /** In a list; the files have no header row. */
    record Names(List<String> names) implements Header {
      public Names {
        names = List.copyOf(names);
      }
    }

    /** In the first row of another file; the files have no header row. */
    record InFile(Path file) implements Header {}
  }
}
