package dev.trestle.store;

import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The bytes of a segment, which may be larger than an array. For one thread; copies nothing. */
public final class SegmentInputStream extends InputStream {
  private final MemorySegment segment;
  private long next;

  /** Begins with the segment's first byte. */
  public SegmentInputStream(MemorySegment segment) {
    this.segment = segment;
  }

  @Override
  public int read() {
    return next < segment.byteSize() ? segment.get(ValueLayout.JAVA_BYTE, next++) & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    int taken = (int) Math.min(length, segment.byteSize() - next);
    if (taken == 0) {
      return -1;
    }
    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, next, target, offset, taken);
    next += taken;
    return taken;
  }
}
