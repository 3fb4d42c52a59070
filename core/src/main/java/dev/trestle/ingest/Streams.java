package dev.trestle.ingest;

import java.io.IOException;
import java.io.InputStream;

/** Reading in bulk from streams that work byte by byte, and the other way round. */
final class Streams {
  private Streams() {}

  static int readOne(InputStream stream) throws IOException {
    byte[] one = new byte[1];
    return stream.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  static int readEach(InputStream stream, byte[] into, int offset, int length) throws IOException {
    for (int i = 0; i < length; i++) {
      int next = stream.read();
      if (next < 0) {
        return i == 0 ? -1 : i;
      }
      into[offset + i] = (byte) next;
    }
    return length;
  }
}
