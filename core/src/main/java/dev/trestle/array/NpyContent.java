package dev.trestle.array;

import dev.trestle.store.Bytes;
import dev.trestle.store.ChunkWriter;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A whole {@code .npy} file, to be written.
 *
 * <p>Zeros are written as well, never left out: a mapped page that the file system has no room for
 * is a signal that kills the JVM, and a write is an exception.
 *
 * @param elements their bytes
 */
public record NpyContent(NpyHeader header, Bytes elements) implements Bytes {
  private static final int ZEROS = 1 << 18; // 256 KiB stay in the second-level cache

  /** An array of zeros. */
  public static NpyContent zeros(ElementType type, Shape shape) {
    return new NpyContent(NpyHeader.of(type, shape), new Zeros(shape.bytes(type)));
  }

  /** The elements of a Java array of primitives, plain or nested. */
  public static NpyContent of(Object values) {
    ElementType type = JavaArrays.type(values);
    Shape shape = JavaArrays.shape(values);
    return new NpyContent(NpyHeader.of(type, shape), new OfJava(values, shape.bytes(type)));
  }

  /** What is in the elements while they are written. */
  public static NpyContent of(Elements elements) {
    return new NpyContent(
        NpyHeader.of(elements.type(), elements.shape()), Bytes.of(elements.segment()));
  }

  @Override
  public long size() {
    return header.dataOffset() + elements.size();
  }

  @Override
  public void writeTo(FileChannel file, long position) throws IOException {
    Bytes.of(MemorySegment.ofArray(header.encoded())).writeTo(file, position);
    elements.writeTo(file, position + header.dataOffset());
  }

  private record Zeros(long size) implements Bytes {
    @Override
    public void writeTo(FileChannel file, long position) throws IOException {
      ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(ZEROS, size));
      for (long done = 0; done < size; done += zeros.limit()) {
        zeros.clear().limit((int) Math.min(zeros.capacity(), size - done));
        Bytes.writeFully(file, zeros, position + done);
      }
    }
  }

  private record OfJava(Object values, long size) implements Bytes {
    @Override
    public void writeTo(FileChannel file, long position) throws IOException {
      var out = new ChunkWriter(file, position);
      JavaArrays.read(values, (row, _) -> out.put(row));
      out.flush();
    }
  }
}
