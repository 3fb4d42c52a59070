package dev.trestle.array;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an array holds; the same types and the same bytes as numpy's. */
public enum ElementType {
  /** One byte, 0 or 1; numpy's {@code bool}. */
  BOOLEAN("|b1", 1, boolean.class, "bool"),
  /** Eight bits with a sign. */
  BYTE("|i1", 1, byte.class, "int8"),
  /** Eight bits, 0 to 255, as images have them; in a Java {@code byte[]} the bits are the same. */
  UNSIGNED_BYTE("|u1", 1, byte.class, "uint8"),
  /** Sixteen bits with a sign. */
  SHORT("<i2", 2, short.class, "int16"),
  /** Thirty-two bits with a sign. */
  INT("<i4", 4, int.class, "int32"),
  /** Sixty-four bits with a sign. */
  LONG("<i8", 8, long.class, "int64"),
  /** IEEE 754 binary32. */
  FLOAT("<f4", 4, float.class, "float32"),
  /** IEEE 754 binary64. */
  DOUBLE("<f8", 8, double.class, "float64");

  private final String descriptor;
  private final int bytes;
  private final Class<?> javaType;
  private final String numpyName;

  ElementType(String descriptor, int bytes, Class<?> javaType, String numpyName) {
    this.descriptor = descriptor;
    this.bytes = bytes;
    this.javaType = javaType;
    this.numpyName = numpyName;
  }

  /**
   * Returns the type that holds a Java primitive: {@link #BYTE} for {@code byte.class}.
   *
   * @throws IllegalArgumentException if no array holds values of that class
   */
  public static ElementType of(Class<?> javaType) {
    return Arrays.stream(values())
        .filter(type -> type.javaType == javaType)
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no array of %s: use byte, short, int, long, float, double or boolean"
                    .formatted(javaType.getName())));
  }

  /** The type of a {@code descr} in a {@code .npy} header, such as {@code <f8}. */
  static Optional<ElementType> described(String descriptor) {
    return Arrays.stream(values()).filter(type -> type.descriptor.equals(descriptor)).findFirst();
  }

  /** The {@code descr} in a {@code .npy} header. */
  String descriptor() {
    return descriptor;
  }

  /** The size of an element in bytes. */
  public int bytes() {
    return bytes;
  }

  /** The component type of the Java arrays that are copied in and out. */
  public Class<?> javaType() {
    return javaType;
  }

  /** What numpy calls it: {@code float64}. */
  public String numpyName() {
    return numpyName;
  }

  /** Whether it is a whole number. */
  public boolean isInteger() {
    return !isFloating() && this != BOOLEAN;
  }

  /** Whether it is {@link #FLOAT} or {@link #DOUBLE}. */
  public boolean isFloating() {
    return this == FLOAT || this == DOUBLE;
  }

  /** As in a sentence: {@code unsigned byte}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
