package dev.trestle.ingest;

import dev.trestle.store.Bytes;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that grow at the end: in a buffer first, and whenever that is full in an unlinked file, so
 * that a small column needs no file. One thread at a time.
 *
 * <p>Once it has grown, the store writes from it: exactly once. Its space is free again right
 * after, so that at the peak a table exists once plus one buffer.
 */
final class Spool implements Bytes, Closeable {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Spools owner;
  private ByteBuffer buffer;
  private @Nullable FileChannel file;
  private long flushed;
  private long size;
  private boolean released;

  Spool(int bufferBytes, Spools owner) {
    this.owner = owner;
    this.buffer = ByteBuffer.allocate(bufferBytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public long size() {
    return size;
  }

  void append(byte[] bytes, int offset, int length) throws IOException {
    size += length;
    if (length > buffer.remaining()) {
      flush();
    }
    if (length > buffer.capacity()) {
      write(ByteBuffer.wrap(bytes, offset, length));
    } else {
      buffer.put(bytes, offset, length);
    }
  }

  void append(byte value) throws IOException {
    size++;
    if (!buffer.hasRemaining()) {
      flush();
    }
    buffer.put(value);
  }

  void append(long value) throws IOException {
    size += Long.BYTES;
    if (buffer.remaining() < Long.BYTES) {
      flush();
    }
    buffer.putLong(value);
  }

  void appendRepeated(byte value, long times) throws IOException {
    byte[] run = new byte[(int) Math.min(times, 8192)];
    Arrays.fill(run, value);
    for (long left = times; left > 0; left -= run.length) {
      append(run, 0, (int) Math.min(left, run.length));
    }
  }

  /** Reads as many bytes as there are, up to a full array, from the given position on. */
  int read(long position, byte[] into) throws IOException {
    flush();
    int length = (int) Math.min(into.length, flushed - position);
    ByteBuffer target = ByteBuffer.wrap(into, 0, length);
    while (target.hasRemaining()) {
      if (file().read(target, position + target.position()) < 0) {
        throw new IOException("a spool of " + flushed + " bytes ends early");
      }
    }
    return length;
  }

  /** Gives the buffer's memory back where there is a file; there will be no more bytes. */
  Bytes finish() throws IOException {
    if (file != null) {
      flush();
      buffer = NOTHING;
    }
    return this;
  }

  @Override
  public void writeTo(FileChannel target, long position) throws IOException {
    if (released) {
      throw new IOException("these bytes were written or freed already; a spool is written once");
    }
    if (flushed > 0) {
      transfer(file(), target, position);
    }
    Bytes.of(MemorySegment.ofArray(buffer.array()).asSlice(0, buffer.position()))
        .writeTo(target, position + flushed);
    close();
  }

  private void transfer(FileChannel from, FileChannel target, long position) throws IOException {
    from.position(0);
    for (long done = 0; done < flushed; ) {
      long moved = target.transferFrom(from, position + done, flushed - done);
      if (moved <= 0) {
        throw new IOException("a spool of " + flushed + " bytes ends early");
      }
      done += moved;
    }
  }

  private void flush() throws IOException {
    write(buffer.flip());
    buffer.clear();
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      flushed += file().write(bytes, flushed);
    }
  }

  private FileChannel file() throws IOException {
    FileChannel open = file;
    if (open == null) {
      open = owner.openFile();
      file = open;
    }
    return open;
  }

  @Override
  public void close() {
    owner.forget(this);
    buffer = NOTHING;
    released = true;
    FileChannel open = file;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
