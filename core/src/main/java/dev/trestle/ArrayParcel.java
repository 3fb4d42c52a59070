package dev.trestle;

import dev.trestle.closure.StandIns;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.WeakReference;
import java.lang.reflect.Array;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A primitive array in a file of a pool; in a worker it becomes an array of the same type again, a
 * copy that is the task's own.
 *
 * @param offset where it begins in the file, in bytes
 * @param type its class
 */
record ArrayParcel(String path, long offset, int length, Class<?> type)
    implements StandIns.ForArray {
  private static final int ALIGNMENT = 8;

  /** Many arrays come from one file. */
  private static volatile @Nullable Mapped last;

  private record Mapped(String path, WeakReference<MemorySegment> segment) {}

  static ArrayParcel of(Object array, Path file, long offset) {
    return new ArrayParcel(file.toString(), offset, Array.getLength(array), array.getClass());
  }

  /** The elements of a primitive array, which is not copied. */
  static MemorySegment segment(Object array) {
    return switch (array) {
      case byte[] bytes -> MemorySegment.ofArray(bytes);
      case short[] shorts -> MemorySegment.ofArray(shorts);
      case char[] chars -> MemorySegment.ofArray(chars);
      case int[] ints -> MemorySegment.ofArray(ints);
      case float[] floats -> MemorySegment.ofArray(floats);
      case long[] longs -> MemorySegment.ofArray(longs);
      case double[] doubles -> MemorySegment.ofArray(doubles);
      default -> throw new IllegalArgumentException(array.getClass() + " is no array of numbers");
    };
  }

  private Object readResolve() throws IOException {
    Object array = Array.newInstance(type.getComponentType(), length);
    MemorySegment to = segment(array);
    MemorySegment.copy(mapped(), offset, to, 0, to.byteSize());
    return array;
  }

  private MemorySegment mapped() throws IOException {
    Mapped known = last;
    MemorySegment segment =
        known != null && known.path().equals(path) ? known.segment().get() : null;
    if (segment == null) {
      segment = map(Path.of(path));
      last = new Mapped(path, new WeakReference<>(segment));
    }
    return segment;
  }

  /** Maps a whole file, until nobody refers to the segment any more. */
  static MemorySegment map(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
    }
  }

  /** Where an array begins that follows so many bytes. */
  static long aligned(long offset) {
    return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
