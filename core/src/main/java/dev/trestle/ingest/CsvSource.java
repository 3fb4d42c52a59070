package dev.trestle.ingest;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

  static CsvSource of(CsvReadOptions options, Spools spools) throws IOException {
    Source source = options.source();
    File file = source.file();
    if (file != null) {
      return FileSource.of(file.toPath(), source.getCharset());
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

  /** A file, read in place. */
  record FileSource(Path path, Charset fileCharset, long size) implements CsvSource {
    static FileSource of(Path path, Charset charset) throws IOException {
      if (!Files.exists(path)) {
        throw new CsvFormatException("there is no file " + path.toAbsolutePath());
      }
      if (Files.isDirectory(path)) {
        throw new CsvFormatException(path.toAbsolutePath() + " is a folder, not a file");
      }
      return new FileSource(path, charset, isSearchable(charset) ? Files.size(path) : -1);
    }

    @Override
    public InputStream open() throws IOException {
      InputStream bytes = Files.newInputStream(path);
      return isSearchable(fileCharset)
          ? bytes
          : new Utf8Stream(new InputStreamReader(bytes, fileCharset));
    }

    @Override
    public Charset charset() {
      return isSearchable(fileCharset) ? fileCharset : StandardCharsets.UTF_8;
    }

    @Override
    public String name() {
      return String.valueOf(path.getFileName());
    }

    @Override
    public void close() {}
  }
}
