package dev.trestle.array;

import dev.trestle.store.Layouts;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/**
 * Typed access to a contiguous run of elements, the whole of an array or a part of it.
 *
 * <p>Any thread may read and write; what two write at once to one element is as with a Java array.
 */
public final class Elements {
  private final String name;
  private final ElementType type;
  private final Shape shape;
  private final long size;
  private final MemorySegment segment;

  /**
   * @param name of the array, for messages
   * @param segment the elements and nothing else
   */
  public Elements(String name, ElementType type, Shape shape, MemorySegment segment) {
    this.name = name;
    this.type = type;
    this.shape = shape;
    this.size = shape.size();
    this.segment = segment;
  }

  /** The array's name. */
  public String name() {
    return name;
  }

  /** What they are. */
  public ElementType type() {
    return type;
  }

  /** How they are arranged. */
  public Shape shape() {
    return shape;
  }

  /** How many. */
  public long size() {
    return size;
  }

  /** Their bytes, little-endian. */
  public MemorySegment segment() {
    return segment;
  }

  /** A run of these elements, sharing the memory. */
  public Elements part(long from, Shape part) {
    return new Elements(name, type, part, segment.asSlice(from * type.bytes(), part.bytes(type)));
  }

  /** The same memory, not to be written to. */
  public Elements readOnly() {
    return new Elements(name, type, shape, segment.asReadOnly());
  }

  /** Where the element with one number per axis lies in C order. */
  public long flatIndex(long... index) {
    return shape.flat(name, index);
  }

  /** As {@link #flatIndex(long...)} for two axes. */
  public long flatIndex(long row, long column) {
    return shape.flat(name, row, column);
  }

  /** Reads a number; a {@code long} beyond 2^53 is rounded. */
  public double getDouble(long i) {
    check(i);
    // First and alone, so that a loop over doubles is compiled like one over a Java array.
    return type == ElementType.DOUBLE ? segment.get(Layouts.DOUBLE, i << 3) : getOther(i);
  }

  private double getOther(long i) {
    return type == ElementType.FLOAT ? segment.get(Layouts.FLOAT, i << 2) : getWhole(i);
  }

  /** Writes a number, to floats rounded to the nearest one. */
  public void setDouble(long i, double value) {
    check(i);
    try {
      if (type == ElementType.DOUBLE) {
        segment.set(Layouts.DOUBLE, i << 3, value);
      } else if (type == ElementType.FLOAT) {
        segment.set(Layouts.FLOAT, i << 2, (float) value);
      } else {
        throw wrongType(
            "a double cannot be set", type == ElementType.BOOLEAN ? "setBoolean" : "setLong");
      }
    } catch (IllegalArgumentException e) {
      throw notWritable(e);
    }
  }

  /** Reads a whole number. */
  public long getLong(long i) {
    check(i);
    return type == ElementType.LONG ? segment.get(Layouts.LONG, i << 3) : getWhole(i);
  }

  private long getWhole(long i) {
    return switch (type) {
      case LONG -> segment.get(Layouts.LONG, i << 3);
      case INT -> segment.get(Layouts.INT, i << 2);
      case SHORT -> segment.get(Layouts.SHORT, i << 1);
      case BYTE -> segment.get(ValueLayout.JAVA_BYTE, i);
      case UNSIGNED_BYTE -> segment.get(ValueLayout.JAVA_BYTE, i) & 0xFF;
      case BOOLEAN -> throw wrongType("there are no numbers in it", "getBoolean");
      case FLOAT, DOUBLE -> throw wrongType("a long would cut fractions off", "getDouble");
    };
  }

  /** Writes a whole number, which must be one of the type's. */
  public void setLong(long i, long value) {
    check(i);
    try {
      switch (type) {
        case LONG -> segment.set(Layouts.LONG, i << 3, value);
        case INT ->
            segment.set(
                Layouts.INT, i << 2, (int) inRange(value, Integer.MIN_VALUE, Integer.MAX_VALUE));
        case SHORT ->
            segment.set(
                Layouts.SHORT, i << 1, (short) inRange(value, Short.MIN_VALUE, Short.MAX_VALUE));
        case BYTE ->
            segment.set(
                ValueLayout.JAVA_BYTE, i, (byte) inRange(value, Byte.MIN_VALUE, Byte.MAX_VALUE));
        case UNSIGNED_BYTE -> segment.set(ValueLayout.JAVA_BYTE, i, (byte) inRange(value, 0, 0xFF));
        case BOOLEAN -> throw wrongType("no numbers can be set", "setBoolean");
        case FLOAT, DOUBLE -> throw wrongType("a long cannot be set", "setDouble");
      }
    } catch (IllegalArgumentException e) {
      throw notWritable(e);
    }
  }

  long inRange(long value, long least, long most) {
    if (value < least || value > most) {
      throw new ArithmeticException(
          "%d is not a value for array '%s' of %s".formatted(value, name, type));
    }
    return value;
  }

  /** Reads a truth value. */
  public boolean getBoolean(long i) {
    check(i);
    checkBoolean("getDouble or getLong");
    return segment.get(ValueLayout.JAVA_BYTE, i) != 0;
  }

  /** Writes a truth value. */
  public void setBoolean(long i, boolean value) {
    check(i);
    checkBoolean("setDouble or setLong");
    try {
      segment.set(ValueLayout.JAVA_BYTE, i, (byte) (value ? 1 : 0));
    } catch (IllegalArgumentException e) {
      throw notWritable(e);
    }
  }

  private void checkBoolean(String use) {
    if (type != ElementType.BOOLEAN) {
      throw wrongType("there are no truth values in it", use);
    }
  }

  private void check(long i) {
    try {
      Objects.checkIndex(i, size); // known to the compiler, which takes it out of loops
    } catch (IndexOutOfBoundsException e) {
      throw shape.outOfBounds(name, i);
    }
  }

  /**
   * Checks that the elements can be changed.
   *
   * @throws UnsupportedOperationException if they are read-only
   */
  public void checkWritable() {
    if (segment.isReadOnly()) {
      throw new UnsupportedOperationException(
          "array '%s' is attached read-only here; attach it with attachArray to write to it"
              .formatted(name));
    }
  }

  /** Where an element lies in the segment, in bytes. */
  long offset(long i) {
    check(i);
    return i * type.bytes();
  }

  /** Processors have atomic operations on aligned words only. */
  void checkAtomic(ElementType narrow, ElementType wide) {
    if (type != narrow && type != wide) {
      throw new UnsupportedOperationException(
          "array '%s' holds %s elements; these atomic operations are for %s and %s"
              .formatted(name, type, narrow, wide));
    }
    if (segment.address() % type.bytes() != 0) {
      throw new UnsupportedOperationException(
          "array '%s' does not lie at a multiple of %d bytes in its file, which atomic operations need; save it anew"
              .formatted(name, type.bytes()));
    }
    checkWritable();
  }

  /** What a segment throws when it is written to and may not be. */
  private RuntimeException notWritable(IllegalArgumentException thrown) {
    checkWritable();
    return thrown;
  }

  UnsupportedOperationException wrongType(String why, String use) {
    return new UnsupportedOperationException(
        "array '%s' holds %s elements: %s; use %s".formatted(name, type, why, use));
  }
}
