package dev.trestle.ingest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Gzip members after one another, and zeros behind them, with which tapes and blocks are filled up.
 *
 * <p>The JDK's stream takes whatever else follows a member for the end, without a word: of a file
 * whose second member is damaged or cut where it begins, all but the first would be missing.
 */
final class GzipStream extends GZIPInputStream {
  private static final int TRAILER = 8; // checksum and size, RFC 1952

  GzipStream(InputStream packed, int bufferSize) throws IOException {
    super(new Taken(packed), bufferSize);
  }

  @Override
  protected void fill() throws IOException {
    super.fill();
    ((Taken) in).bytes.reset();
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    boolean ended = eos;
    int taken = super.read(into, offset, length);
    if (taken < 0 && !ended) {
      checkRest();
    }
    return taken;
  }

  /** What was not inflated: in the buffer, taken from the input since it was filled, and there. */
  private void checkRest() throws IOException {
    int remaining = inf.getRemaining();
    InputStream rest =
        new SequenceInputStream(
            new ByteArrayInputStream(buf, len - remaining, remaining),
            new SequenceInputStream(
                new ByteArrayInputStream(((Taken) in).bytes.toByteArray()), in));
    rest.skipNBytes(TRAILER);
    for (int next = rest.read(); next >= 0; next = rest.read()) {
      if (next != 0) {
        throw new ZipException("what follows is neither another gzip member nor the end");
      }
    }
  }

  /** Remembers the bytes that were taken. */
  private static final class Taken extends FilterInputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Taken(InputStream packed) {
      super(packed);
    }

    @Override
    public int read() throws IOException {
      int next = super.read();
      if (next >= 0) {
        bytes.write(next);
      }
      return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int taken = super.read(into, offset, length);
      bytes.write(into, offset, Math.max(0, taken));
      return taken;
    }
  }
}
