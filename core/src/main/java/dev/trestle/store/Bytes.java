package dev.trestle.store;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A run of bytes of known length that can write itself to a place in a file.
 *
 * <p>Lets the writer lay a table out before it has the bytes in hand: they may be on the heap, in a
 * spool file, in another mapped table, or not computed yet.
 */
public interface Bytes {
  /** No bytes at all. */
  Bytes NONE = of(MemorySegment.NULL);

  /** How many bytes {@link #writeTo} writes. */
  long size();

  /** Writes all the bytes, starting at the given position of the file. */
  void writeTo(FileChannel file, long position) throws IOException;

  /** Writes the whole buffer at a position; a channel may take less than it is given. */
  static void writeFully(FileChannel file, ByteBuffer buffer, long position) throws IOException {
    long at = position;
    while (buffer.hasRemaining()) {
      at += file.write(buffer, at);
    }
  }

  /** The bytes of a segment, heap or native. */
  static Bytes of(MemorySegment segment) {
    return new SegmentBytes(segment);
  }
}
