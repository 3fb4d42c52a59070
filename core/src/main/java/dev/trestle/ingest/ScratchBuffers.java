package dev.trestle.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.parquet.bytes.ByteBufferAllocator;

/**
 * Buffers for column chunks that are too large for the heap, as parquet-java reads each in one go:
 * they lie in a file beside the spools, and serve one row group after the other. For one thread.
 */
final class ScratchBuffers implements ByteBufferAllocator, Closeable {
  /** The largest buffer that is asked for. */
  static final int BLOCK = 4 << 20; // 4 MiB

  private static final int ZEROS = 1 << 16;

  private final FileChannel file;
  private final Arena arena = Arena.ofConfined();
  private final Deque<ByteBuffer> free = new ArrayDeque<>();
  private long size;

  /**
   * @param file a new one, which is closed with this
   */
  ScratchBuffers(FileChannel file) {
    this.file = file;
  }

  @Override
  public ByteBuffer allocate(int bytes) {
    ByteBuffer block = free.poll();
    try {
      return (block == null ? claim() : block).clear().limit(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Written before it is mapped: on a full file system that fails, a store would be a SIGBUS. */
  private ByteBuffer claim() throws IOException {
    ByteBuffer zeros = ByteBuffer.allocate(ZEROS);
    for (long end = size + BLOCK; size < end; ) {
      size += file.write(zeros.clear(), size);
    }
    return file.map(FileChannel.MapMode.READ_WRITE, size - BLOCK, BLOCK, arena).asByteBuffer();
  }

  @Override
  public void release(ByteBuffer buffer) {
    free.push(buffer);
  }

  @Override
  public boolean isDirect() {
    return true;
  }

  @Override
  public void close() throws IOException {
    arena.close();
    file.close();
  }
}
