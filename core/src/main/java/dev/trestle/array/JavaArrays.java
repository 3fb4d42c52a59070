package dev.trestle.array;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Array;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Java arrays of primitives, plain or nested: their type, their shape, and the way in and out.
 *
 * <p>A Java array of bytes goes into signed and unsigned bytes alike, bit for bit.
 */
public final class JavaArrays {
  private JavaArrays() {}

  /**
   * Returns the type of the elements of a {@code double[]}, a {@code double[][]}, and so on.
   *
   * @throws IllegalArgumentException if it is no array of primitives that can be stored
   */
  public static ElementType type(Object values) {
    Class<?> component = values.getClass();
    while (component.isArray()) {
      component = component.getComponentType();
    }
    if (!values.getClass().isArray() || !component.isPrimitive()) {
      throw new IllegalArgumentException(
          "a %s is no Java array of primitives, such as double[] or int[][]"
              .formatted(values.getClass().getTypeName()));
    }
    return ElementType.of(component);
  }

  /**
   * Returns the lengths of nested arrays. Within an empty one, the inner ones have length 0.
   *
   * @throws IllegalArgumentException if inner ones differ in length
   */
  public static Shape shape(Object values) {
    var lengths = LongStream.builder();
    Class<?> type = values.getClass();
    for (@Nullable Object inner = values; type.isArray(); type = type.getComponentType()) {
      int length = inner == null ? 0 : Array.getLength(inner);
      lengths.add(length);
      inner = inner instanceof Object[] nested && length > 0 ? nested[0] : null;
    }
    Shape shape = Shape.of(lengths.build().toArray());
    checkLengths(values, shape, 0);
    return shape;
  }

  private static void checkLengths(@Nullable Object values, Shape shape, int axis) {
    if (values == null || Array.getLength(values) != shape.length(axis)) {
      throw new IllegalArgumentException(
          "inner arrays differ in length: along axis %d one has %d elements and another %s"
              .formatted(
                  axis, shape.length(axis), values == null ? "is null" : Array.getLength(values)));
    }
    if (values instanceof Object[] nested) {
      for (Object inner : nested) {
        checkLengths(inner, shape, axis + 1);
      }
    }
  }

  /** Where elements come from or go to, one innermost array at a time. */
  @FunctionalInterface
  public interface Row<X extends Exception> {
    /**
     * Copies the bytes of one array, in or out.
     *
     * @param row the whole of it; for booleans a copy as bytes
     * @param offset in bytes since the first row
     */
    void copy(MemorySegment row, long offset) throws X;
  }

  /** Reads the innermost arrays in C order. */
  public static <X extends Exception> void read(Object values, Row<X> to) throws X {
    walk(values, 0, (array, offset) -> to.copy(bytes(array), offset));
  }

  /** Writes the innermost arrays in C order. */
  public static <X extends Exception> void write(Object values, Row<X> from) throws X {
    walk(
        values,
        0,
        (array, offset) -> {
          MemorySegment bytes = bytes(array);
          from.copy(bytes, offset);
          if (array instanceof boolean[] truths) {
            for (int i = 0; i < truths.length; i++) {
              truths[i] = bytes.get(ValueLayout.JAVA_BYTE, i) != 0;
            }
          }
        });
  }

  @FunctionalInterface
  private interface Innermost<X extends Exception> {
    void visit(Object array, long offset) throws X;
  }

  private static <X extends Exception> long walk(Object values, long offset, Innermost<X> innermost)
      throws X {
    if (!(values instanceof Object[] nested)) {
      innermost.visit(values, offset);
      return offset + (long) Array.getLength(values) * type(values).bytes();
    }
    long at = offset;
    for (Object inner : nested) {
      at = walk(inner, at, innermost);
    }
    return at;
  }

  private static MemorySegment bytes(Object array) {
    return switch (array) {
      case byte[] bytes -> MemorySegment.ofArray(bytes);
      case short[] shorts -> MemorySegment.ofArray(shorts);
      case int[] ints -> MemorySegment.ofArray(ints);
      case long[] longs -> MemorySegment.ofArray(longs);
      case float[] floats -> MemorySegment.ofArray(floats);
      case double[] doubles -> MemorySegment.ofArray(doubles);
      case boolean[] truths -> {
        byte[] bytes = new byte[truths.length];
        for (int i = 0; i < truths.length; i++) {
          bytes[i] = (byte) (truths[i] ? 1 : 0);
        }
        yield MemorySegment.ofArray(bytes);
      }
      default -> throw new IllegalArgumentException(array.getClass().getTypeName());
    };
  }
}
