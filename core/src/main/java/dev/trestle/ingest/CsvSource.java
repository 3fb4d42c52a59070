package dev.trestle.ingest;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.io.Source;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * The bytes to read, as often as needed, in a charset where a line feed, a quote and a separator
 * are the same bytes wherever they stand. Other charsets, UTF-16 for one, pass as UTF-8.
 */
interface CsvSource extends Closeable {
  /** Starts over at the first byte. */
  InputStream open() throws IOException;

  /** Lets go of what was only kept to start over; the stream opened next is the last. */
  default void lastTime() {}

  Charset charset();

  /** Bytes, or -1 where that is not known. */
  long size();

  /** What to call it in messages. */
  String name();

  /** The sources of a text, in the order of their rows. */
  static List<CsvSource> of(CsvText text, Spools spools) throws IOException {
    List<Path> files = text.files();
    if (files.isEmpty()) {
      return List.of(of(text.options(), spools));
    }
    if (files.size() == 1) {
      return List.of(CsvFile.of(files.getFirst(), text.charset()));
    }
    List<CsvSource> sources = new ArrayList<>();
    for (Path file : files) {
      // Files of several folders often have one name: only the path tells which is meant.
      sources.add(CsvFile.of(file, text.charset(), file.toString()));
    }
    return sources;
  }

  private static CsvSource of(CsvReadOptions options, Spools spools) throws IOException {
    Source source = options.source();
    File file = source.file();
    if (file != null) {
      return CsvFile.of(source);
    }
    InputStream stream = source.inputStream();
    Reader reader = source.reader();
    String name = options.tableName().isEmpty() ? "the source" : options.tableName();
    if (reader != null) {
      // The caller opened the reader and keeps it open: so does Tablesaw.
      return new ReplayedSource(
          new Utf8Stream(reader), StandardCharsets.UTF_8, name, false, spools);
    }
    Charset charset = source.getCharset();
    return isSearchable(charset)
        ? new ReplayedSource(stream, charset, name, true, spools)
        : new ReplayedSource(
            new Utf8Stream(new InputStreamReader(stream, charset)),
            StandardCharsets.UTF_8,
            name,
            true,
            spools);
  }

  /** Whether ASCII characters are single bytes that are part of no other character. */
  static boolean isSearchable(Charset charset) {
    String name = charset.name().toUpperCase(Locale.ROOT);
    return name.equals("UTF-8")
        || name.equals("US-ASCII")
        || name.startsWith("ISO-8859-")
        || name.startsWith("WINDOWS-125")
        || name.startsWith("KOI8-");
  }
}
