package dev.trestle.column;

import dev.trestle.store.Bytes;
import dev.trestle.store.ChunkWriter;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A column's values as they are stored, taken from its list a block at a time: what is looked at
 * fits the processor's nearest cache, and nothing asks a column row by row. For one thread.
 */
abstract class FixedRows implements Bytes {
  static final int BLOCK = 4096; // rows

  private final int rows;
  private final int width;

  FixedRows(int rows, int width) {
    this.rows = rows;
    this.width = width;
  }

  /**
   * Takes rows into the block.
   *
   * @param count at most {@link #BLOCK}
   */
  abstract void load(int from, int count);

  /**
   * Which rows of the block are there, a bit each from the lowest on.
   *
   * @param first counted in the block
   * @param count at most 64
   */
  abstract long present(int first, int count);

  /** Puts the block's first rows as they are stored. */
  abstract void put(int count, MemorySegment target);

  final int rows() {
    return rows;
  }

  @Override
  public final long size() {
    return (long) rows * width;
  }

  @Override
  public final void writeTo(FileChannel file, long position) throws IOException {
    var out = new ChunkWriter(file, position);
    for (int row = 0; row < rows; ) {
      ByteBuffer room = out.room(width);
      int count = Math.min(Math.min(room.remaining() / width, BLOCK), rows - row);
      load(row, count);
      put(count, MemorySegment.ofBuffer(room));
      room.position(room.position() + count * width);
      row += count;
    }
    out.flush();
  }
}
