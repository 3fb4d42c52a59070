package dev.trestle.kernel;

import java.io.Serializable;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;

/**
 * The memory of a JVM as the JVM itself counts it; sizes in bytes.
 *
 * @param used by objects, garbage included
 * @param committed taken from the machine for them
 * @param max what the heap may become
 * @param peak the sum of the peaks of the heap's parts since the start
 * @param nonHeap classes and compiled code
 * @param direct direct buffers
 */
record JvmHeap(long pid, long used, long committed, long max, long peak, long nonHeap, long direct)
    implements Serializable {

  /** So long that another worker takes the next question. */
  private static final long MOMENT = 15; // ms

  static JvmHeap ofWorker() throws InterruptedException {
    Thread.sleep(MOMENT);
    return ofThis();
  }

  static JvmHeap ofThis() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    MemoryUsage heap = memory.getHeapMemoryUsage();
    return new JvmHeap(
        ProcessHandle.current().pid(),
        heap.getUsed(),
        heap.getCommitted(),
        heap.getMax(),
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .mapToLong(pool -> pool.getPeakUsage().getUsed())
            .sum(),
        memory.getNonHeapMemoryUsage().getCommitted(),
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum());
  }
}
