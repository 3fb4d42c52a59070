package dev.trestle.array;

import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Atomic operations on the elements of an array of {@code int} or {@code long}: between threads and
 * between processes, as {@link java.util.concurrent.atomic.AtomicLongArray} between threads.
 *
 * <p>Whole numbers of an {@code int} array wrap around at 32 bits.
 */
public final class AtomicLongs {
  private static final VarHandle INT =
      ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();
  private static final VarHandle LONG =
      ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();

  private final Elements elements;
  private final boolean isLong;

  /**
   * @throws UnsupportedOperationException if the elements are neither int nor long, or read-only
   */
  public AtomicLongs(Elements elements) {
    this.elements = elements;
    this.isLong = elements.type() == ElementType.LONG;
    elements.checkAtomic(ElementType.INT, ElementType.LONG);
  }

  /** Reads an element; what other threads and processes wrote before it is seen too. */
  public long get(long i) {
    long at = elements.offset(i);
    return isLong
        ? (long) LONG.getVolatile(elements.segment(), at)
        : (int) INT.getVolatile(elements.segment(), at);
  }

  /** Writes an element, and all that this thread wrote before becomes visible with it. */
  public void set(long i, long value) {
    long at = elements.offset(i);
    if (isLong) {
      LONG.setVolatile(elements.segment(), at, value);
    } else {
      INT.setVolatile(elements.segment(), at, toInt(value));
    }
  }

  /** Adds to an element and returns what it was. */
  public long getAndAdd(long i, long delta) {
    long at = elements.offset(i);
    return isLong
        ? (long) LONG.getAndAdd(elements.segment(), at, delta)
        : (int) INT.getAndAdd(elements.segment(), at, (int) delta);
  }

  /**
   * Sets an element to the new value if it has the expected one.
   *
   * @return whether it had
   */
  public boolean compareAndSet(long i, long expected, long value) {
    long at = elements.offset(i);
    int narrow = isLong ? 0 : toInt(value);
    // Read first: where a file was cut, HotSpot turns the fault of a read into an error, and that
    // of
    // its Unsafe_CompareAndSetLong, which the interpreter calls, into the end of the JVM (JDK 25).
    return get(i) == expected
        && (isLong
            ? LONG.compareAndSet(elements.segment(), at, expected, value)
            : INT.compareAndSet(elements.segment(), at, (int) expected, narrow));
  }

  private int toInt(long value) {
    return (int) elements.inRange(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }
}
