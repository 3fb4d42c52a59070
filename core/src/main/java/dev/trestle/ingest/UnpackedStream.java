package dev.trestle.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedChannelException;

/** Text as it comes out of its compression, with errors that say how far it came. */
final class UnpackedStream extends InputStream {
  private final InputStream text;
  private final Compression compression;
  private final String source;
  private long bytes;

  UnpackedStream(InputStream text, Compression compression, String source) {
    this.text = text;
    this.compression = compression;
    this.source = source;
  }

  @Override
  public int read() throws IOException {
    return Streams.readOne(this);
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    try {
      int taken = text.read(into, offset, length);
      bytes += Math.max(0, taken);
      return taken;
    } catch (InterruptedIOException | ClosedChannelException interrupted) {
      throw interrupted;
    } catch (IOException | RuntimeException damaged) {
      // The Zstandard decoder also throws unchecked exceptions on damaged data.
      throw compression.damage(source, bytes, damaged);
    }
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
