package dev.trestle.column;

import dev.trestle.store.Bytes;
import dev.trestle.store.ChunkWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.function.IntPredicate;

/** A bitmap, least significant bit first, made row by row while it is written. */
record BitBytes(int rows, IntPredicate isSet) implements Bytes {
  @Override
  public long size() {
    return ((long) rows + Byte.SIZE - 1) / Byte.SIZE;
  }

  @Override
  public void writeTo(FileChannel file, long position) throws IOException {
    var out = new ChunkWriter(file, position);
    for (int row = 0; row < rows; ) {
      int bits = 0;
      int end = rows - row < Byte.SIZE ? rows : row + Byte.SIZE;
      for (int bit = 0; row < end; bit++, row++) {
        bits |= isSet.test(row) ? 1 << bit : 0;
      }
      out.room(1).put((byte) bits);
    }
    out.flush();
  }
}
