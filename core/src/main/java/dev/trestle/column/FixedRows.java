package dev.trestle.column;

import dev.trestle.store.Bytes;
import dev.trestle.store.ChunkWriter;
import dev.trestle.store.ColumnPayload;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A column's values as they are stored, taken from its list a block at a time: what is looked at
 * stays in a core's own cache, and nothing asks a column row by row. For one thread.
 */
abstract class FixedRows implements Bytes {
  /**
   * In rows. As large as will stay there, for the first tables that a JVM shares: what is done once
   * a block runs unoptimised for some thousand blocks. With 4,096 rows each of the first five times
   * took 1.1 to 1.3 times as long.
   */
  static final int BLOCK = 1 << 14; // 128 KiB of the widest

  private final int rows;
  private final int width;
  private Missing missing;

  FixedRows(int rows, int width) {
    this(rows, width, Missing.UNKNOWN);
  }

  /**
   * @param missing {@link Missing#UNKNOWN}, or nobody looks
   */
  FixedRows(int rows, int width, Missing missing) {
    this.rows = rows;
    this.width = width;
    this.missing = missing;
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

  /** The most rows that a block can have. */
  final int blockRows() {
    return Math.min(BLOCK, rows);
  }

  /** What is missing; perhaps unknown until the values have been written. */
  final Missing missing() {
    return missing;
  }

  @Override
  public final long size() {
    return (long) rows * width;
  }

  @Override
  public final void writeTo(FileChannel file, long position) throws IOException {
    var out = new ChunkWriter(file, position);
    var search = new Missing.Search(rows);
    boolean isLooking = missing.count() == ColumnPayload.UNKNOWN;
    for (int row = 0; row < rows; row += BLOCK) {
      int count = Math.min(BLOCK, rows - row);
      load(row, count);
      if (isLooking) { // now, while the block is in the cache
        search.look(this, row, count);
      }
      ByteBuffer room = out.room(count * width);
      put(count, MemorySegment.ofBuffer(room));
      room.position(room.position() + count * width);
    }
    out.flush();
    missing = isLooking ? search.found() : missing;
  }
}
