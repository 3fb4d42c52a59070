package dev.trestle.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;

/**
 * A stream that can be read only once, made readable again by a spool of what it gave. That takes
 * the source's size of spool space, until the last reading has begun.
 */
final class ReplayedSource implements CsvSource {
  private final InputStream stream;
  private final Charset charset;
  private final String name;
  private final boolean closesStream;
  private final Spool kept;
  private boolean keeping = true;

  ReplayedSource(
      InputStream stream, Charset charset, String name, boolean closesStream, Spools spools)
      throws IOException {
    this.stream = stream;
    this.charset = charset;
    this.name = name;
    this.closesStream = closesStream;
    this.kept = spools.create(1);
  }

  @Override
  public InputStream open() {
    return new Replay();
  }

  @Override
  public void lastTime() {
    keeping = false;
  }

  @Override
  public Charset charset() {
    return charset;
  }

  @Override
  public long size() {
    return -1;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void close() throws IOException {
    kept.close();
    if (closesStream) {
      stream.close();
    }
  }

  /** First what was kept, then the stream itself. */
  private final class Replay extends InputStream {
    private long position;

    @Override
    public int read() throws IOException {
      return Streams.readOne(this);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (position < kept.size()) {
        byte[] piece = new byte[(int) Math.min(length, kept.size() - position)];
        int taken = kept.read(position, piece);
        System.arraycopy(piece, 0, into, offset, taken);
        position += taken;
        return taken;
      }
      int taken = stream.read(into, offset, length);
      if (taken > 0 && keeping) {
        kept.append(into, offset, taken);
        position += taken;
      }
      return taken;
    }
  }
}
