package dev.trestle.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of UTF-8 text; a line that does not end is cut. For one thread. */
final class BoundedLines implements AutoCloseable {
  private static final int LONGEST = 1 << 12; // 4 KiB

  private final InputStream in;
  private final byte[] bytes = new byte[LONGEST];
  private int start;
  private int end;

  BoundedLines(InputStream in) {
    this.in = in;
  }

  /** The next line, without its end; null after the last one. */
  @Nullable String next() throws IOException {
    int at = start;
    while (true) {
      for (; at < end; at++) {
        if (bytes[at] == '\n') {
          String line = text(at);
          start = at + 1;
          return line;
        }
      }
      if (end - start == LONGEST) {
        String piece = text(end);
        start = end;
        return piece;
      }
      System.arraycopy(bytes, start, bytes, 0, end - start);
      at -= start;
      end -= start;
      start = 0;
      int read = in.read(bytes, end, LONGEST - end);
      if (read < 0) {
        String rest = end > 0 ? text(end) : null;
        start = end;
        return rest;
      }
      end += read;
    }
  }

  private String text(int to) {
    int length = to > start && bytes[to - 1] == '\r' ? to - 1 - start : to - start;
    return new String(bytes, start, length, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
