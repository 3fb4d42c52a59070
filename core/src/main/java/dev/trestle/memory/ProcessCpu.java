package dev.trestle.memory;

import java.time.Duration;
import java.util.Optional;

/**
 * Processor time a process has used since it started, user and system together. From {@code
 * /proc/PID/stat}, in steps of 10 ms; see proc(5).
 *
 * @param pid the process
 * @param own its own threads, those that ended included
 * @param reapedChildren its children that ended and were waited for, and theirs
 */
public record ProcessCpu(long pid, Duration own, Duration reapedChildren) {
  /** A clock tick: USER_HZ is 100 on every Linux that Java runs on. */
  private static final Duration TICK = Duration.ofMillis(10);

  /** Where a field of proc(5)'s list is, counted from the state (field 3) behind the name. */
  private static final int UTIME = 14 - 3;

  /**
   * Reads the figures of a process now.
   *
   * @return empty when the process is gone
   * @throws UnsupportedOperationException on a system without {@code /proc/PID/stat}
   */
  public static Optional<ProcessCpu> read(long pid) {
    return ProcFile.read(pid, "stat").map(text -> parse(pid, text));
  }

  /** Its own time and that of its ended children. */
  public Duration total() {
    return own.plus(reapedChildren);
  }

  private static ProcessCpu parse(long pid, String stat) {
    // The second field is the program's name in brackets, and may hold spaces and brackets itself.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return new ProcessCpu(
        pid,
        ticks(fields[UTIME]).plus(ticks(fields[UTIME + 1])),
        ticks(fields[UTIME + 2]).plus(ticks(fields[UTIME + 3])));
  }

  private static Duration ticks(String count) {
    return TICK.multipliedBy(Long.parseLong(count));
  }
}
