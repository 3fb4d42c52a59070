package dev.trestle.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code /proc/meminfo} says of the whole machine; see proc(5). */
final class MachineMemory {
  private static final Path MEMINFO = Path.of("/proc/meminfo");

  private MachineMemory() {}

  /** Bytes in memory file systems and shared anonymous mappings. */
  static long shmem() {
    return read("Shmem:");
  }

  /** Bytes that new work could have without swapping. */
  static long available() {
    return read("MemAvailable:");
  }

  private static long read(String name) {
    try {
      for (String line : Files.readString(MEMINFO).lines().toList()) {
        if (line.startsWith(name)) {
          return ProcessMemory.bytes(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + MEMINFO, e);
    }
    return 0;
  }
}
