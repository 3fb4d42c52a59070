package dev.trestle.ingest;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Turns a line ending that only this source has, such as "|" or ";;", into line feeds. */
final class LineEndingStream extends InputStream {
  private static final int NONE = -2;

  private final InputStream source;
  private final int first;
  private final int second;
  private int pending = NONE;

  /** The ending is one or two ASCII characters, as Tablesaw's parser has it. */
  LineEndingStream(InputStream source, String ending) {
    if (ending.isEmpty() || ending.length() > 2) {
      throw new CsvFormatException(
          "lineEnding must be 1 or 2 characters long, not " + ending.length());
    }
    this.source = new BufferedInputStream(source, 1 << 16);
    this.first = ending.charAt(0);
    this.second = ending.length() == 2 ? ending.charAt(1) : NONE;
  }

  @Override
  public int read() throws IOException {
    int next = pending == NONE ? source.read() : pending;
    pending = NONE;
    if (next != first) {
      return next;
    }
    if (second == NONE) {
      return '\n';
    }
    int after = source.read();
    if (after == second) {
      return '\n';
    }
    pending = after;
    return next;
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
