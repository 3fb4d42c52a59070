package dev.trestle.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts the parts of a table, one after the other, into chunks of whole records. */
final class Feed implements Closeable {
  private final Iterator<Part> parts;
  private final int chunkBytes;
  private @Nullable Part part;
  private @Nullable Splitter splitter;
  private @Nullable InputStream stream;
  private boolean atStart;
  private long chunks;
  private long finished;

  Feed(List<Part> parts, int chunkBytes) {
    this.parts = parts.iterator();
    this.chunkBytes = chunkBytes;
  }

  /** Bytes handed out so far. */
  long consumed() {
    return finished + (splitter == null ? 0 : splitter.consumed());
  }

  /**
   * Puts the next records into a batch.
   *
   * @return false at the end
   */
  boolean fill(Batch batch) throws IOException {
    while (true) {
      Part current = part;
      Splitter cutter = splitter;
      if (current == null || cutter == null) {
        if (!parts.hasNext()) {
          return false;
        }
        begin(parts.next());
        continue;
      }
      // The first chunk of a part is as large as its sample, in which the header was seen.
      if (cutter.fill(batch, atStart ? current.headBytes() : chunkBytes)) {
        batch.setPart(current, atStart);
        batch.index = chunks++;
        atStart = false;
        return true;
      }
      finished += cutter.consumed();
      close();
    }
  }

  private void begin(Part next) throws IOException {
    InputStream opened = next.origin().open();
    stream = opened;
    splitter = next.origin().splitter(opened);
    part = next;
    atStart = true;
  }

  @Override
  public void close() throws IOException {
    InputStream opened = stream;
    splitter = null;
    stream = null;
    if (opened != null) {
      opened.close();
    }
  }
}
