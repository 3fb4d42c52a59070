package dev.trestle.store;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Collects small values, little-endian, and writes them to a file in chunks.
 *
 * <p>The buffer is direct: the JDK would copy a heap buffer to a direct one for each write.
 */
public final class ChunkWriter {
  private static final int CHUNK = 1 << 18; // 256 KiB

  /** Kept for the next writer: a new one is zeroed first, and freed by a collection only. */
  private static final BlockingQueue<ByteBuffer> SPARE = new ArrayBlockingQueue<>(4);

  private final FileChannel file;
  private long position;
  private @Nullable ByteBuffer chunk;

  /** Writes to the file from that position on. */
  public ChunkWriter(FileChannel file, long position) {
    this.file = file;
    this.position = position;
  }

  /** The buffer to put the next value into, with at least so many bytes left. */
  public ByteBuffer room(int bytes) throws IOException {
    ByteBuffer room = chunk;
    if (room != null && room.remaining() < bytes) {
      flush();
      room = null;
    }
    if (room == null) {
      room = SPARE.poll();
      if (room == null) {
        room = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
      }
      chunk = room;
    }
    return room;
  }

  /** Adds all the bytes of a segment. */
  public void put(MemorySegment bytes) throws IOException {
    for (long at = 0; at < bytes.byteSize(); ) {
      ByteBuffer room = room(1);
      int length = (int) Math.min(room.remaining(), bytes.byteSize() - at);
      MemorySegment.copy(bytes, at, MemorySegment.ofBuffer(room), 0, length);
      room.position(room.position() + length);
      at += length;
    }
  }

  /** Writes what is still in the buffer; call it at the end. */
  public void flush() throws IOException {
    ByteBuffer full = chunk;
    if (full != null) {
      chunk = null;
      int length = full.flip().remaining();
      Bytes.writeFully(file, full, position);
      position += length;
      SPARE.offer(full.clear());
    }
  }
}
