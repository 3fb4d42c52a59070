package dev.trestle;

import dev.trestle.array.Arithmetic;
import dev.trestle.array.AtomicDoubles;
import dev.trestle.array.AtomicLongs;
import dev.trestle.array.Elements;
import dev.trestle.array.Elementwise;
import dev.trestle.array.Fill;
import java.lang.foreign.MemorySegment;
import java.util.function.DoubleUnaryOperator;

/**
 * The elements of a {@link SharedArray}: one by one, atomically, and all at once.
 *
 * <p>Single elements are read and written as {@code double}, {@code long} or {@code boolean},
 * whatever the type of the array, as long as nothing is lost. An index is one number, which counts
 * elements in C order (the last axis runs fastest), or one number per axis. Errors of all of these
 * methods:
 *
 * <ul>
 *   <li>{@link IndexOutOfBoundsException} names the index and the shape;
 *   <li>{@link UnsupportedOperationException}: the elements are of a type that the method is not
 *       for, or the array is read-only here;
 *   <li>{@link ArithmeticException}: a value does not fit the type, or a whole number is divided by
 *       0.
 * </ul>
 *
 * <p>What several threads or processes write at once to one element is as with a Java array: one of
 * the values is there afterwards. For more, see {@link #atomicLongs} and {@link #atomicDoubles}.
 *
 * <p>The mathematics changes the array in place and returns it. It runs on vector units, for large
 * arrays on all cores. Floating elements are computed with as doubles and rounded once; whole ones
 * wrap around in their own type, as in Java. When an operation throws, a part of the elements may
 * have been changed.
 */
public abstract sealed class ArrayElements permits SharedArray {
  final transient Elements elements;

  ArrayElements(Elements elements) {
    this.elements = elements;
  }

  /** Reads a number; a {@code long} beyond 2^53 is rounded. */
  public final double getDouble(long i) {
    return elements.getDouble(i);
  }

  /** As {@link #getDouble(long)}, from an array with two axes. */
  public final double getDouble(long row, long column) {
    return elements.getDouble(elements.flatIndex(row, column));
  }

  /** As {@link #getDouble(long)}, with one number per axis. */
  public final double getDouble(long... index) {
    return elements.getDouble(elements.flatIndex(index));
  }

  /** Writes a number to an array of double, or of float, where it is rounded. */
  public final void setDouble(long i, double value) {
    elements.setDouble(i, value);
  }

  /** As {@link #setDouble(long, double)}, to an array with two axes. */
  public final void setDouble(long row, long column, double value) {
    elements.setDouble(elements.flatIndex(row, column), value);
  }

  /** Reads a whole number. */
  public final long getLong(long i) {
    return elements.getLong(i);
  }

  /** As {@link #getLong(long)}, from an array with two axes. */
  public final long getLong(long row, long column) {
    return elements.getLong(elements.flatIndex(row, column));
  }

  /** As {@link #getLong(long)}, with one number per axis. */
  public final long getLong(long... index) {
    return elements.getLong(elements.flatIndex(index));
  }

  /** Writes a whole number to an array of whole numbers. */
  public final void setLong(long i, long value) {
    elements.setLong(i, value);
  }

  /** As {@link #setLong(long, long)}, to an array with two axes. */
  public final void setLong(long row, long column, long value) {
    elements.setLong(elements.flatIndex(row, column), value);
  }

  /** Reads a truth value. */
  public final boolean getBoolean(long i) {
    return elements.getBoolean(i);
  }

  /** Writes a truth value. */
  public final void setBoolean(long i, boolean value) {
    elements.setBoolean(i, value);
  }

  /**
   * Where an element lies in C order: {@code a.setDouble(a.flatIndex(i, j, k), value)}.
   *
   * @param index one number per axis
   */
  public final long flatIndex(long... index) {
    return elements.flatIndex(index);
  }

  /** Atomic operations on an array of int or long, between threads and between processes. */
  public final AtomicLongs atomicLongs() {
    return new AtomicLongs(elements);
  }

  /** Atomic operations on an array of float or double, between threads and between processes. */
  public final AtomicDoubles atomicDoubles() {
    return new AtomicDoubles(elements);
  }

  /**
   * The bytes of the elements in C order, little-endian: the shared memory itself.
   *
   * <p>Any thread may use it; it stays mapped as long as something refers to it.
   */
  public final MemorySegment segment() {
    return elements.segment();
  }

  /** Sets all elements of an array of double or float. */
  public final SharedArray fill(double value) {
    elements.checkWritable();
    if (elements.size() > 0) {
      elements.setDouble(0, value);
      Fill.withFirst(elements);
    }
    return self();
  }

  /** Sets all elements to a whole number. */
  public final SharedArray fill(long value) {
    if (elements.type().isFloating()) {
      return fill((double) value);
    }
    elements.checkWritable();
    if (elements.size() > 0) {
      elements.setLong(0, value);
      Fill.withFirst(elements);
    }
    return self();
  }

  /** Sets all elements of an array of booleans. */
  public final SharedArray fill(boolean value) {
    elements.checkWritable();
    if (elements.size() > 0) {
      elements.setBoolean(0, value);
      Fill.withFirst(elements);
    }
    return self();
  }

  /** e to the power of each element, within 1 ulp. */
  public final SharedArray exp() {
    new Elementwise(elements).exp();
    return self();
  }

  /** The natural logarithm of each element, within 1 ulp; NaN for what is below 0. */
  public final SharedArray log() {
    new Elementwise(elements).log();
    return self();
  }

  /** The square root of each element, correctly rounded; NaN for what is below 0. */
  public final SharedArray sqrt() {
    new Elementwise(elements).sqrt();
    return self();
  }

  /** Each element without its sign. */
  public final SharedArray abs() {
    new Elementwise(elements).abs();
    return self();
  }

  /** Each element with the other sign. */
  public final SharedArray negate() {
    new Elementwise(elements).negate();
    return self();
  }

  /**
   * What the operator makes of each element of an array of double or float.
   *
   * @param operator several threads call it, in no particular order
   */
  public final SharedArray map(DoubleUnaryOperator operator) {
    new Elementwise(elements).map(operator);
    return self();
  }

  /** Adds a number to each element of an array of double or float. */
  public final SharedArray add(double value) {
    return with(Arithmetic.ADD, value);
  }

  /** Adds a whole number to each element. */
  public final SharedArray add(long value) {
    return with(Arithmetic.ADD, value);
  }

  /** Adds to each element the one at the same place in an array of the same shape. */
  public final SharedArray add(SharedArray other) {
    return with(Arithmetic.ADD, other);
  }

  /** Subtracts a number from each element of an array of double or float. */
  public final SharedArray subtract(double value) {
    return with(Arithmetic.SUBTRACT, value);
  }

  /** Subtracts a whole number from each element. */
  public final SharedArray subtract(long value) {
    return with(Arithmetic.SUBTRACT, value);
  }

  /** Subtracts from each element the one at the same place in an array of the same shape. */
  public final SharedArray subtract(SharedArray other) {
    return with(Arithmetic.SUBTRACT, other);
  }

  /** Multiplies each element of an array of double or float by a number. */
  public final SharedArray multiply(double value) {
    return with(Arithmetic.MULTIPLY, value);
  }

  /** Multiplies each element by a whole number. */
  public final SharedArray multiply(long value) {
    return with(Arithmetic.MULTIPLY, value);
  }

  /** Multiplies each element by the one at the same place in an array of the same shape. */
  public final SharedArray multiply(SharedArray other) {
    return with(Arithmetic.MULTIPLY, other);
  }

  /** Divides each element of an array of double or float by a number. */
  public final SharedArray divide(double value) {
    return with(Arithmetic.DIVIDE, value);
  }

  /** Divides each element by a whole number; whole ones are rounded towards 0. */
  public final SharedArray divide(long value) {
    return with(Arithmetic.DIVIDE, value);
  }

  /** Divides each element by the one at the same place in an array of the same shape. */
  public final SharedArray divide(SharedArray other) {
    return with(Arithmetic.DIVIDE, other);
  }

  private SharedArray with(Arithmetic operation, double operand) {
    new Elementwise(elements).apply(operation, operand);
    return self();
  }

  private SharedArray with(Arithmetic operation, long operand) {
    new Elementwise(elements).apply(operation, operand);
    return self();
  }

  private SharedArray with(Arithmetic operation, SharedArray operand) {
    new Elementwise(elements).apply(operation, operand.elements);
    return self();
  }

  private SharedArray self() {
    return switch (this) {
      case SharedArray array -> array;
    };
  }
}
