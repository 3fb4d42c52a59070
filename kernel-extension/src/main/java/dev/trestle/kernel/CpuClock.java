package dev.trestle.kernel;

import com.sun.management.OperatingSystemMXBean;
import dev.trestle.memory.ProcessCpu;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Time that has passed, and processor time that this JVM and its child processes have used.
 *
 * @param nanos of {@link System#nanoTime}
 * @param kernel the processor time of this JVM
 * @param children that of its children, those that ended included, in steps of 10 ms
 */
record CpuClock(long nanos, Duration kernel, Duration children) {
  private static final OperatingSystemMXBean SYSTEM =
      Objects.requireNonNull(ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class));

  static CpuClock now() {
    ProcessHandle self = ProcessHandle.current();
    Duration living =
        self.children()
            .map(child -> ProcessCpu.read(child.pid()))
            .flatMap(Optional::stream)
            .map(ProcessCpu::total)
            .reduce(Duration.ZERO, Duration::plus);
    // A child that ends moves from one sum to the other.
    Duration ended =
        ProcessCpu.read(self.pid()).map(ProcessCpu::reapedChildren).orElse(Duration.ZERO);
    return new CpuClock(
        System.nanoTime(), Duration.ofNanos(SYSTEM.getProcessCpuTime()), living.plus(ended));
  }

  Spent since(CpuClock earlier) {
    Duration workers = children.minus(earlier.children);
    return new Spent(
        Duration.ofNanos(nanos - earlier.nanos),
        kernel.minus(earlier.kernel),
        workers.isNegative() ? Duration.ZERO : workers);
  }

  /** What something took. */
  record Spent(Duration wall, Duration kernel, Duration workers) {
    Duration cpu() {
      return kernel.plus(workers);
    }
  }
}
