package dev.trestle.array;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * How many elements an array has along each axis, in C order: the last index runs fastest.
 *
 * <p>No axis is a shape too, that of a single element; an axis of length 0 makes an empty array.
 */
public final class Shape {
  /** What numpy 2 can open, see NPY_MAXDIMS. */
  private static final int MOST_AXES = 64;

  private final long[] lengths;
  private final long size;

  private Shape(long[] lengths, long size) {
    this.lengths = lengths;
    this.size = size;
  }

  /**
   * Returns the shape with these lengths, from the first axis to the last.
   *
   * @throws IllegalArgumentException if one is negative, there are more than 64, or together they
   *     are more elements than a {@code long} counts
   */
  public static Shape of(long... lengths) {
    if (lengths.length > MOST_AXES) {
      throw new IllegalArgumentException(
          "an array of %d axes; %d is the most".formatted(lengths.length, MOST_AXES));
    }
    long[] own = lengths.clone();
    return new Shape(own, product(own));
  }

  private static long product(long[] lengths) {
    for (long length : lengths) {
      if (length < 0) {
        throw new IllegalArgumentException(
            "shape %s has an axis of length %d".formatted(text(lengths), length));
      }
    }
    if (Arrays.stream(lengths).anyMatch(length -> length == 0)) {
      return 0; // however long the other axes are
    }
    try {
      return Arrays.stream(lengths).reduce(1, Math::multiplyExact);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "shape %s has more elements than 2^63".formatted(text(lengths)), e);
    }
  }

  /** How many elements. */
  public long size() {
    return size;
  }

  /**
   * How many bytes.
   *
   * @throws IllegalArgumentException if more than a {@code long} counts
   */
  public long bytes(ElementType type) {
    try {
      return Math.multiplyExact(size, type.bytes());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "shape %s of %s has more bytes than 2^63".formatted(this, type), e);
    }
  }

  /** How many axes. */
  public int axes() {
    return lengths.length;
  }

  /** The lengths, from the first axis to the last; a copy. */
  public long[] lengths() {
    return lengths.clone();
  }

  /** The length of one axis, the first being 0. */
  public long length(int axis) {
    return lengths[axis];
  }

  /** Where an element lies in C order. */
  long flat(String array, long[] index) {
    if (index.length != lengths.length) {
      throw new IndexOutOfBoundsException(
          "index %s into array '%s' of shape %s: one number per axis, or a single one that counts in C order"
              .formatted(text(index), array, this));
    }
    long flat = 0;
    for (int axis = 0; axis < index.length; axis++) {
      if (index[axis] < 0 || index[axis] >= lengths[axis]) {
        throw outOfBounds(array, index);
      }
      flat = flat * lengths[axis] + index[axis];
    }
    return flat;
  }

  /** As {@link #flat(String, long[])} for the two axes that most arrays have. */
  long flat(String array, long row, long column) {
    if (lengths.length != 2 || row < 0 || row >= lengths[0] || column < 0 || column >= lengths[1]) {
      return flat(array, new long[] {row, column}); // which throws
    }
    return row * lengths[1] + column;
  }

  IndexOutOfBoundsException outOfBounds(String array, long... index) {
    return new IndexOutOfBoundsException(
        "index %s is outside array '%s' of shape %s"
            .formatted(index.length == 1 ? index[0] : text(index), array, this));
  }

  /** The shape of one step along the first axis. */
  public Shape withoutFirst() {
    return of(Arrays.copyOfRange(lengths, 1, lengths.length));
  }

  /** The same with another length of the first axis. */
  public Shape withFirst(long length) {
    long[] changed = lengths.clone();
    changed[0] = length;
    return of(changed);
  }

  /**
   * The wanted shape for the same elements; one length may be -1: what is left for it.
   *
   * @throws IllegalArgumentException if the sizes differ
   */
  public Shape reshaped(String array, long... wanted) {
    long[] filled = wanted.clone();
    int open = 0;
    while (open < filled.length && filled[open] != -1) {
      open++;
    }
    if (open < filled.length) {
      filled[open] = 1;
      long others = product(filled);
      filled[open] = others == 0 ? 0 : size / others;
    }
    if (product(filled) != size) {
      throw new IllegalArgumentException(
          "array '%s' of shape %s has %,d elements and cannot take shape %s"
              .formatted(array, this, size, text(wanted)));
    }
    return of(filled);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(lengths, shape.lengths);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(lengths);
  }

  /** As Python writes it: {@code (3, 4)}, {@code (5,)}, {@code ()}. */
  @Override
  public String toString() {
    return text(lengths);
  }

  private static String text(long[] numbers) {
    return Arrays.stream(numbers)
        .mapToObj(Long::toString)
        .collect(Collectors.joining(", ", "(", numbers.length == 1 ? ",)" : ")"));
  }
}
