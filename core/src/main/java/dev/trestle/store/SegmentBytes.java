package dev.trestle.store;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;

/** Bytes that lie in a memory segment. */
record SegmentBytes(MemorySegment segment) implements Bytes {
  @Override
  public long size() {
    return segment.byteSize();
  }

  @Override
  public void writeTo(FileChannel file, long position) throws IOException {
    var out = new ChunkWriter(file, position);
    out.put(segment);
    out.flush();
  }
}
