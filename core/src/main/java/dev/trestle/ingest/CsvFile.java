package dev.trestle.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tech.tablesaw.io.Source;

/**
 * A file, read in place, unpacked on the way where it is compressed.
 *
 * @param size in bytes of text, or -1
 */
record CsvFile(
    Path path, Charset fileCharset, Optional<Compression> compression, long size, String name)
    implements CsvSource {

  /**
   * The file of the options. Tablesaw guesses its charset from the first bytes unless it is told
   * one: of a compressed file that guess means nothing.
   */
  static CsvFile of(Source source) throws IOException {
    Path path = source.file().toPath();
    CsvFile file = of(path, source.getCharset());
    boolean guessedFromPackedBytes =
        file.compression.isPresent()
            && new Source(source.file()).getCharset().equals(file.fileCharset);
    return guessedFromPackedBytes ? of(path, StandardCharsets.UTF_8) : file;
  }

  static CsvFile of(Path path, Charset charset) throws IOException {
    return of(path, charset, String.valueOf(path.getFileName()));
  }

  static CsvFile of(Path path, Charset charset, String name) throws IOException {
    if (!Files.exists(path)) {
      throw new CsvFormatException("there is no file " + path.toAbsolutePath());
    }
    if (Files.isDirectory(path)) {
      throw new CsvFormatException(path.toAbsolutePath() + " is a folder, not a file");
    }
    Optional<Compression> compression = compression(path);
    boolean inPlace = CsvSource.isSearchable(charset) && compression.isEmpty();
    return new CsvFile(path, charset, compression, inPlace ? Files.size(path) : -1, name);
  }

  /** About how many bytes of text there are; 0 for a file that cannot be read. */
  static long expectedBytes(Path path) {
    try {
      long size = Files.size(path);
      return compression(path).isPresent() ? size * Compression.USUAL_RATIO : size;
    } catch (IOException e) {
      return 0; // reading it will say what is wrong
    }
  }

  private static Optional<Compression> compression(Path path) throws IOException {
    try (InputStream bytes = Files.newInputStream(path)) {
      return Compression.of(bytes.readNBytes(Compression.MAGIC));
    }
  }

  @Override
  public InputStream open() throws IOException {
    InputStream bytes = Files.newInputStream(path);
    InputStream text = compression.isPresent() ? compression.get().unpack(bytes, name) : bytes;
    return CsvSource.isSearchable(fileCharset)
        ? text
        : new Utf8Stream(new InputStreamReader(text, fileCharset));
  }

  @Override
  public Charset charset() {
    return CsvSource.isSearchable(fileCharset) ? fileCharset : StandardCharsets.UTF_8;
  }

  @Override
  public void close() {}
}
