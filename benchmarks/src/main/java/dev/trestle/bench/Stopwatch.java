package dev.trestle.bench;

import java.lang.management.ManagementFactory;

/** Wall time and this JVM's CPU time, all threads. */
record Stopwatch(long wall, long cpu) {
  private static final com.sun.management.OperatingSystemMXBean SYSTEM =
      (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** What has passed, in nanoseconds. */
  record Lap(long wall, long cpu) {
    double wallSeconds() {
      return wall / 1e9;
    }

    double cpuSeconds() {
      return cpu / 1e9;
    }
  }

  static Stopwatch start() {
    return new Stopwatch(System.nanoTime(), SYSTEM.getProcessCpuTime());
  }

  Lap stop() {
    return new Lap(System.nanoTime() - wall, SYSTEM.getProcessCpuTime() - cpu);
  }
}
