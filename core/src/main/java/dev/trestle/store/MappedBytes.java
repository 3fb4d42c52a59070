package dev.trestle.store;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Comparing mapped bytes. */
public final class MappedBytes {
  private MappedBytes() {}

  /**
   * Whether two segments hold the same bytes.
   *
   * <p>Not {@code MemorySegment.mismatch}: from 64 bytes on it runs a stub that the JVM's handler
   * for lost pages does not know, so that a file cut while it is mapped kills the JVM (seen on JDK
   * 25). Single reads end in an error, see {@link MappingFault}.
   */
  public static boolean equal(MemorySegment a, MemorySegment b) {
    long size = a.byteSize();
    if (size != b.byteSize()) {
      return false;
    }
    long at = 0;
    for (; at <= size - Long.BYTES; at += Long.BYTES) {
      if (a.get(Layouts.LONG, at) != b.get(Layouts.LONG, at)) {
        return false;
      }
    }
    for (; at < size; at++) {
      if (a.get(ValueLayout.JAVA_BYTE, at) != b.get(ValueLayout.JAVA_BYTE, at)) {
        return false;
      }
    }
    return true;
  }
}
