package dev.trestle.memory;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one process takes at one moment, in bytes. From {@code /proc/PID/smaps_rollup}; see proc(5).
 *
 * @param pid the process
 * @param rss every page it has in memory, shared ones in full
 * @param pss every page it has in memory, a page shared by n processes as 1/n: the figure to add up
 * @param uss the pages that nobody else has: what would come free if it ended
 * @param pssFile the part of {@code pss} that lies in mapped files on disks; Linux older than 5.3
 *     does not tell it, and it is 0
 * @param pssShmem the part of {@code pss} that lies in memory file systems such as /dev/shm; 0 as
 *     before
 */
public record ProcessMemory(long pid, long rss, long pss, long uss, long pssFile, long pssShmem) {

  /**
   * Reads the figures of a process now.
   *
   * @return empty when the process is gone
   * @throws UnsupportedOperationException on a system without {@code /proc/PID/smaps_rollup}
   * @throws java.io.UncheckedIOException when the process belongs to somebody else
   */
  public static Optional<ProcessMemory> read(long pid) {
    return ProcFile.read(pid, "smaps_rollup").map(text -> parse(pid, text));
  }

  private static ProcessMemory parse(long pid, String rollup) {
    long rss = 0;
    long pss = 0;
    long uss = 0;
    long pssFile = 0;
    long pssShmem = 0;
    for (String line : rollup.lines().toList()) {
      int colon = line.indexOf(':');
      switch (line.substring(0, Math.max(colon, 0))) {
        case "Rss" -> rss = bytes(line);
        case "Pss" -> pss = bytes(line);
        case "Pss_File" -> pssFile = bytes(line);
        case "Pss_Shmem" -> pssShmem = bytes(line);
        case "Private_Clean", "Private_Dirty", "Private_Hugetlb" -> uss += bytes(line);
        default -> {}
      }
    }
    return new ProcessMemory(pid, rss, pss, uss, pssFile, pssShmem);
  }

  /**
   * The most that a process had in memory at any time since it started: its RSS, in bytes.
   *
   * @return empty when the process is gone
   * @throws UnsupportedOperationException on a system without {@code /proc/PID/status}
   */
  public static OptionalLong peakRss(long pid) {
    return ProcFile.read(pid, "status").stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(ProcessMemory::bytes)
        .findFirst();
  }

  /** The size in a line such as {@code Pss: 450 kB}; proc(5)'s kB is 1,024 bytes. */
  static long bytes(String line) {
    String amount = line.substring(line.indexOf(':') + 1, line.lastIndexOf(' ')).strip();
    return Long.parseLong(amount) * 1024;
  }
}
