package dev.trestle.ingest;

import dev.trestle.compression.Zstandard;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * How a source's bytes are packed, told by its first bytes: names lie.
 *
 * <p>Several gzip members or Zstandard frames after one another are one text.
 */
enum Compression {
  /** RFC 1952. */
  GZIP("gzip") {
    @Override
    InputStream open(InputStream packed) throws IOException {
      return new GzipStream(packed, BUFFER);
    }
  },
  /** RFC 8878. */
  ZSTD("Zstandard") {
    @Override
    InputStream open(InputStream packed) {
      return Zstandard.open(packed);
    }
  };

  /** How many first bytes tell. */
  static final int MAGIC = 4;

  /**
   * How many times larger the text is than its packed form, about: between 3 and 10 for most
   * tables.
   */
  static final int USUAL_RATIO = 5;

  private static final int BUFFER = 1 << 16;
  private static final int ZSTD_FRAME = 0xFD2FB528;
  private static final int ZSTD_SKIPPABLE_FRAME = 0x184D2A50; // and the 15 after it

  final String title;

  Compression(String title) {
    this.title = title;
  }

  abstract InputStream open(InputStream packed) throws IOException;

  /** The compression of a source that begins with those bytes, if it has one. */
  static Optional<Compression> of(byte[] head) {
    if (head.length >= 2 && head[0] == 0x1f && head[1] == (byte) 0x8b) {
      return Optional.of(GZIP);
    }
    if (head.length >= MAGIC) {
      int magic = (int) FixedCells.INT.get(head, 0);
      if (magic == ZSTD_FRAME || (magic & ~0xf) == ZSTD_SKIPPABLE_FRAME) {
        return Optional.of(ZSTD);
      }
    }
    return Optional.empty();
  }

  /** The text of a packed source; damage is the source's fault, not that of reading it. */
  InputStream unpack(InputStream packed, String source) throws IOException {
    try {
      return new UnpackedStream(open(packed), this, source);
    } catch (IOException damaged) {
      packed.close();
      throw damage(source, 0, damaged);
    }
  }

  CsvFormatException damage(String source, long bytes, Exception cause) {
    return new CsvFormatException(
        "%s begins as %s data, which is damaged or cut off after %,d bytes of text: %s"
            .formatted(source, title, bytes, cause.getMessage()));
  }
}
