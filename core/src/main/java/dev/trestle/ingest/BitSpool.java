package dev.trestle.ingest;

import dev.trestle.store.Bytes;
import java.io.IOException;

/** Bits that grow at the end, least significant first, padded to whole bytes with zeros. */
final class BitSpool {
  private final Spool bytes;
  private int partial;
  private int used;

  BitSpool(Spool bytes) {
    this.bytes = bytes;
  }

  void append(boolean bit) throws IOException {
    if (bit) {
      partial |= 1 << used;
    }
    if (++used == 8) {
      bytes.append((byte) partial);
      partial = 0;
      used = 0;
    }
  }

  void appendOnes(long count) throws IOException {
    long left = count;
    for (; left > 0 && used != 0; left--) {
      append(true);
    }
    bytes.appendRepeated((byte) 0xff, left / 8);
    for (long bit = left % 8; bit > 0; bit--) {
      append(true);
    }
  }

  Bytes finish() throws IOException {
    if (used > 0) {
      bytes.append((byte) partial);
    }
    return bytes.finish();
  }
}
