package dev.trestle.array;

/**
 * Atomic operations on the elements of an array of {@code float} or {@code double}, between threads
 * and between processes. To floats, values are rounded.
 */
public final class AtomicDoubles {
  /** The same elements as their bits: processors compare and exchange whole numbers. */
  private final AtomicLongs bits;

  private final boolean isDouble;

  /**
   * @throws UnsupportedOperationException if the elements are neither float nor double, or
   *     read-only
   */
  public AtomicDoubles(Elements elements) {
    elements.checkAtomic(ElementType.FLOAT, ElementType.DOUBLE);
    this.isDouble = elements.type() == ElementType.DOUBLE;
    this.bits =
        new AtomicLongs(
            new Elements(
                elements.name(),
                isDouble ? ElementType.LONG : ElementType.INT,
                elements.shape(),
                elements.segment()));
  }

  /** Reads an element; what other threads and processes wrote before it is seen too. */
  public double get(long i) {
    return value(bits.get(i));
  }

  /** Writes an element, and all that this thread wrote before becomes visible with it. */
  public void set(long i, double value) {
    bits.set(i, bits(value));
  }

  /** Adds to an element and returns what it was. */
  public double getAndAdd(long i, double delta) {
    while (true) {
      long before = bits.get(i);
      if (bits.compareAndSet(i, before, bits(value(before) + delta))) {
        return value(before);
      }
    }
  }

  /**
   * Sets an element to the new value if it has the very bits of the expected one: 0.0 is not -0.0,
   * and NaN is itself.
   *
   * @return whether it had
   */
  public boolean compareAndSet(long i, double expected, double value) {
    return bits.compareAndSet(i, bits(expected), bits(value));
  }

  private double value(long bits) {
    return isDouble ? Double.longBitsToDouble(bits) : Float.intBitsToFloat((int) bits);
  }

  private long bits(double value) {
    return isDouble ? Double.doubleToRawLongBits(value) : Float.floatToRawIntBits((float) value);
  }
}
