package dev.trestle.store;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.util.List;

/**
 * Bitmaps one after the other; a piece need not end at a whole byte.
 *
 * @param pieces a bitmap each; one without bytes is all ones
 * @param lengths how many bits of each
 */
record JoinedBits(List<MemorySegment> pieces, List<Long> lengths) implements Bytes {
  @Override
  public long size() {
    long bits = lengths.stream().mapToLong(Long::longValue).sum();
    return (bits + Byte.SIZE - 1) / Byte.SIZE;
  }

  @Override
  public void writeTo(FileChannel file, long position) throws IOException {
    var out = new ChunkWriter(file, position);
    int open = 0;
    int filled = 0;
    for (int p = 0; p < lengths.size(); p++) {
      MemorySegment piece = pieces.get(p);
      long length = lengths.get(p);
      for (long bit = 0; bit < length; bit++) {
        boolean set =
            piece.byteSize() == 0
                || (piece.get(ValueLayout.JAVA_BYTE, bit >> 3) >> (bit & 7) & 1) != 0;
        open |= set ? 1 << filled : 0;
        if (++filled == Byte.SIZE) {
          out.room(1).put((byte) open);
          open = 0;
          filled = 0;
        }
      }
    }
    if (filled > 0) {
      out.room(1).put((byte) open);
    }
    out.flush();
  }
}
