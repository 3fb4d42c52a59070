package dev.trestle;

import dev.trestle.closure.StandIns;
import dev.trestle.store.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;

/** The bytes of an object that a task holds and that its pool keeps in a file. */
sealed interface ParcelContent {
  /**
   * About how many bytes an object takes in a file: an array of primitives, or texts and boxed
   * primitives in an array, a collection or a map; 0 for any other.
   */
  static long size(Object object) {
    if (ArrayParcel.takes(object)) {
      return ArrayParcel.segment(object).byteSize();
    }
    return FlatParcel.size(object);
  }

  /** Of an object that {@link #size} knows. */
  static ParcelContent of(Object object) {
    return ArrayParcel.takes(object)
        ? new OfNumbers(object, ArrayParcel.segment(object))
        : new Flat(Objects.requireNonNull(FlatKind.of(object)), object);
  }

  /** How many bytes there are, if it is the same as what begins there in the copy; else -1. */
  long sizeIfSame(MemorySegment copy, long offset);

  Bytes bytes();

  /** What travels instead, when the bytes are in a file. */
  StandIns.ForArray standIn(Path file, long offset);

  /** A primitive array; it is not copied. */
  record OfNumbers(Object array, MemorySegment elements) implements ParcelContent {
    @Override
    public long sizeIfSame(MemorySegment copy, long offset) {
      long size = elements.byteSize();
      return offset + size <= copy.byteSize() && elements.mismatch(copy.asSlice(offset, size)) < 0
          ? size
          : -1;
    }

    @Override
    public Bytes bytes() {
      return Bytes.of(elements);
    }

    @Override
    public StandIns.ForArray standIn(Path file, long offset) {
      return ArrayParcel.of(array, file, offset);
    }
  }

  /** Encoded each time that it is looked at: encoding takes less than keeping the bytes. */
  record Flat(FlatKind kind, Object object) implements ParcelContent {
    @Override
    public long sizeIfSame(MemorySegment copy, long offset) {
      var comparison = new Comparison(copy, offset);
      try {
        writeTo(comparison);
        return comparison.at - offset;
      } catch (IOException e) {
        return -1; // it has come to a difference
      }
    }

    @Override
    public Bytes bytes() {
      var count = new Count();
      try {
        writeTo(count);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new Encoded(this, count.at);
    }

    @Override
    public StandIns.ForArray standIn(Path file, long offset) {
      return new FlatParcel(file.toString(), offset);
    }

    private void writeTo(OutputStream out) throws IOException {
      try (var writer = new FlatWriter(out)) {
        writer.write(kind, object);
      }
    }
  }

  /** Written without ever being in memory as a whole. */
  record Encoded(Flat content, long size) implements Bytes {
    @Override
    public void writeTo(FileChannel file, long position) throws IOException {
      var out = new ToFile(file, position);
      content.writeTo(out);
      if (out.at != position + size) {
        throw new IOException(
            "a %s was changed by another thread while it was being sent"
                .formatted(content.object.getClass().getName()));
      }
    }
  }

  /** Knows how far it is, and is given bytes in pieces only. */
  abstract sealed class Target extends OutputStream {
    long at;

    private Target(long at) {
      this.at = at;
    }

    /** Takes a piece that belongs at this place. */
    abstract void take(byte[] source, int offset, int length, long at) throws IOException;

    @Override
    public final void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public final void write(byte[] source, int offset, int length) throws IOException {
      take(source, offset, length, at);
      at += length;
    }
  }

  /** Tells how much is written. */
  final class Count extends Target {
    Count() {
      super(0);
    }

    @Override
    void take(byte[] source, int offset, int length, long at) {}
  }

  /** Takes what is there already, and nothing else. */
  final class Comparison extends Target {
    private final MemorySegment expected;

    Comparison(MemorySegment expected, long offset) {
      super(offset);
      this.expected = expected;
    }

    @Override
    void take(byte[] source, int offset, int length, long at) throws IOException {
      if (at + length > expected.byteSize()
          || MemorySegment.mismatch(
                  MemorySegment.ofArray(source), offset, offset + length, expected, at, at + length)
              >= 0) {
        throw new IOException("other bytes");
      }
    }
  }

  final class ToFile extends Target {
    private final FileChannel file;

    ToFile(FileChannel file, long position) {
      super(position);
      this.file = file;
    }

    @Override
    void take(byte[] source, int offset, int length, long at) throws IOException {
      Bytes.writeFully(file, ByteBuffer.wrap(source, offset, length), at);
    }
  }
}
