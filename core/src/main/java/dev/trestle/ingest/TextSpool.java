package dev.trestle.ingest;

import dev.trestle.store.Bytes;
import java.io.IOException;

/** Strings one after the other: where each ends, and their UTF-8 bytes. */
final class TextSpool {
  private final Spool offsets;
  private final Spool text;

  TextSpool(Spools spools, int siblings) throws IOException {
    this.offsets = spools.create(siblings);
    this.text = spools.create(siblings);
    offsets.append(0L);
  }

  void append(byte[] utf8, int from, int to) throws IOException {
    text.append(utf8, from, to - from);
    offsets.append(text.size());
  }

  Bytes finishOffsets() throws IOException {
    return offsets.finish();
  }

  Bytes finishText() throws IOException {
    return text.finish();
  }
}
