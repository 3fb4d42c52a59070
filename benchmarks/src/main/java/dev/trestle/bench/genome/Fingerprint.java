package dev.trestle.bench.genome;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/**
 * What tells one text file from another.
 *
 * @param rows its lines without the header
 * @param bytes its length
 * @param sha256 in lower-case hex
 */
record Fingerprint(long rows, long bytes, String sha256) {

  /** Reads the file through once; progress is told the bytes read so far. */
  static Fingerprint of(Path file, LongConsumer progress) throws IOException {
    Stream fingerprint = new Stream();
    byte[] buffer = new byte[1 << 20];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        fingerprint.write(buffer, 0, n);
        progress.accept(fingerprint.bytes);
      }
    }
    return fingerprint.fingerprint();
  }

  /** Takes the fingerprint of what is written to it, and keeps nothing else. */
  static final class Stream extends OutputStream {
    private final MessageDigest sha256;
    private long lines;
    private long bytes;

    Stream() {
      try {
        sha256 = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError("every Java platform has SHA-256", e);
      }
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
      sha256.update(buffer, offset, length);
      bytes += length;
      for (int i = offset; i < offset + length; i++) {
        if (buffer[i] == '\n') {
          lines++;
        }
      }
    }

    /** Ends the stream. */
    Fingerprint fingerprint() {
      return new Fingerprint(lines - 1, bytes, HexFormat.of().formatHex(sha256.digest()));
    }
  }
}
