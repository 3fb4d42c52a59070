package dev.trestle.column;

import dev.trestle.store.Bytes;
import dev.trestle.store.ChunkWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Values of one width, made row by row while they are written. */
record RowBytes(int rows, int width, RowWriter writer) implements Bytes {
  /** Puts one row's value, little-endian. */
  @FunctionalInterface
  interface RowWriter {
    void put(ByteBuffer out, int row);
  }

  @Override
  public long size() {
    return (long) rows * width;
  }

  @Override
  public void writeTo(FileChannel file, long position) throws IOException {
    var out = new ChunkWriter(file, position);
    for (int row = 0; row < rows; row++) {
      writer.put(out.room(width), row);
    }
    out.flush();
  }
}
