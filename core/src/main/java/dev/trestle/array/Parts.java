package dev.trestle.array;

import dev.trestle.store.MappingFault;
import java.util.stream.LongStream;

/** Divides many elements among the threads of the common pool, which knows how many cores count. */
final class Parts {
  /** Elements that one task takes at a time: enough to be worth a task. */
  private static final long LENGTH = 1 << 19;

  private Parts() {}

  /** Work on the elements from one place up to another. */
  @FunctionalInterface
  interface Part {
    void run(long from, long to);
  }

  /**
   * Runs the work on all elements and returns when it is done.
   *
   * @throws dev.trestle.store.DamagedTableException if somebody has cut a file that it works on
   */
  static void run(long size, Part part) {
    long parts = Math.ceilDiv(size, LENGTH);
    LongStream all = LongStream.range(0, parts);
    MappingFault.explaining(() -> {
      (parts > 1 ? all.parallel() : all)
          .forEach(i -> part.run(i * LENGTH, Math.min((i + 1) * LENGTH, size)));
      return size;
    });
  }
}
