package dev.trestle.ingest;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Rewrites quoted fields that escape their quotes with another sign, such as {@code "a \" b"}, into
 * doubled quotes, the one way that the parser knows. An escaped escape stands for itself; before
 * any other byte the escape is an ordinary one.
 */
final class UnescapingStream extends InputStream {
  private static final int NONE = -2;

  private final InputStream source;
  private final int separator;
  private final int quote;
  private final int escape;
  private boolean atFieldStart = true;
  private boolean quoted;
  private int pending = NONE;
  private int repeated = NONE;

  UnescapingStream(InputStream source, byte separator, byte quote, byte escape) {
    this.source = new BufferedInputStream(source, 1 << 16);
    this.separator = separator;
    this.quote = quote;
    this.escape = escape;
  }

  @Override
  public int read() throws IOException {
    if (repeated != NONE) {
      int again = repeated;
      repeated = NONE;
      return again;
    }
    int next = pending == NONE ? source.read() : pending;
    pending = NONE;
    if (quoted) {
      return insideQuotes(next);
    }
    if (next == separator || next == '\n' || next == '\r') {
      atFieldStart = true;
    } else if (next == quote && atFieldStart) {
      quoted = true;
    } else if (next > ' ') {
      atFieldStart = false;
    }
    return next;
  }

  private int insideQuotes(int next) throws IOException {
    if (next == quote) {
      quoted = false; // a second one at once, a doubled quote, opens it again
      return next;
    }
    if (next != escape) {
      return next;
    }
    int after = source.read();
    if (after == quote) {
      repeated = quote;
      return quote;
    }
    if (after != escape) {
      pending = after;
    }
    return escape;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    return Streams.readEach(this, into, offset, length);
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
