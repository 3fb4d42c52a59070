package dev.trestle.kernel;

import dev.trestle.memory.ProcessMemory;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.OptionalLong;

/**
 * The memory of this JVM and some others from time to time, as PSS. Linux walks every page of a
 * process for that, so a gauge waits after each reading for fifty times as long as that took.
 */
final class MemoryGauge {
  private static final int REST = 50;

  private long notBefore = System.nanoTime();

  /** The bytes now; empty if it is too early, or cannot be told. */
  OptionalLong read(Collection<Long> pids) {
    long start = System.nanoTime();
    if (start - notBefore < 0) {
      return OptionalLong.empty();
    }
    try {
      long bytes = pss(ProcessHandle.current().pid());
      for (long pid : pids) {
        bytes += pss(pid);
      }
      long end = System.nanoTime();
      notBefore = end + REST * (end - start);
      return OptionalLong.of(bytes);
    } catch (UncheckedIOException | UnsupportedOperationException e) {
      return OptionalLong.empty();
    }
  }

  private static long pss(long pid) {
    return ProcessMemory.read(pid).map(ProcessMemory::pss).orElse(0L);
  }
}
