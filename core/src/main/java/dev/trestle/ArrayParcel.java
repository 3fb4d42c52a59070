package dev.trestle;

import dev.trestle.closure.StandIns;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Array;
import java.nio.file.Path;

/**
 * A primitive array in a file of a pool; in a worker it becomes an array of the same type again, a
 * copy that is the task's own.
 *
 * @param offset where it begins in the file, in bytes
 * @param type its class
 */
record ArrayParcel(String path, long offset, int length, Class<?> type)
    implements StandIns.ForArray {
  /** Whether an object is an array of numbers or characters. */
  static boolean takes(Object object) {
    Class<?> element = object.getClass().getComponentType();
    return element != null && element.isPrimitive() && element != boolean.class;
  }

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
    MemorySegment.copy(ParcelFile.map(Path.of(path)), offset, to, 0, to.byteSize());
    return array;
  }
}
