package dev.trestle.memory;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Watches what a set of processes takes together and keeps the peak.
 *
 * <p>A daemon thread adds up the PSS of the processes at every interval. Reading it makes the
 * kernel walk the page tables, some ms per GiB, so the thread rests at least four times as long as
 * a reading took: it costs a fifth of one core at most. Safe for use by several threads.
 */
public final class PeakSampler implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofMillis(50);

  /**
   * One reading.
   *
   * @param at time since the sampler was started
   * @param pss the summed PSS of the processes, in bytes
   * @param unmappedShmem what the memory file systems have grown by since the sampler was started
   *     and none of the processes has in its page tables, in bytes: files in /dev/shm that nobody
   *     maps take memory and show up in no process. Counted over the whole machine.
   */
  public record Sample(Duration at, long pss, long unmappedShmem) {
    /** All memory that is in use on behalf of the processes, in bytes. */
    public long footprint() {
      return pss + unmappedShmem;
    }
  }

  private final Supplier<LongStream> pids;
  private final long start = System.nanoTime();
  private final long shmemBefore;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private Sample peak = new Sample(Duration.ZERO, 0, 0);
  private Sample peakFootprint = peak;
  private @Nullable RuntimeException failure;

  private PeakSampler(Supplier<LongStream> pids, Duration interval) {
    this.pids = pids;
    this.shmemBefore = MachineMemory.shmem() - sum(readings(pids.get()), ProcessMemory::pssShmem);
    this.thread = new Thread(() -> sampleUntilClosed(interval), "trestle-peak-sampler");
    thread.setDaemon(true);
  }

  /**
   * Starts to watch, every 50 ms.
   *
   * @param pids asked before every reading, so processes may come and go; those gone count nothing
   * @throws UnsupportedOperationException on a system without {@code /proc/PID/smaps_rollup}
   */
  public static PeakSampler start(Supplier<LongStream> pids) {
    return start(pids, INTERVAL);
  }

  /** Starts to watch at an interval of one's own. */
  public static PeakSampler start(Supplier<LongStream> pids, Duration interval) {
    PeakSampler sampler = new PeakSampler(pids, interval);
    sampler.sampleNow();
    sampler.thread.start();
    return sampler;
  }

  /** This JVM and every process below it, as they are when asked. */
  public static LongStream thisProcessTree() {
    ProcessHandle self = ProcessHandle.current();
    return LongStream.concat(
        LongStream.of(self.pid()), self.descendants().mapToLong(ProcessHandle::pid));
  }

  /** Takes a reading now, whatever the interval. */
  public Sample sampleNow() {
    List<ProcessMemory> processes = readings(pids.get());
    long mapped = sum(processes, ProcessMemory::pssShmem);
    long unmapped = Math.max(0, MachineMemory.shmem() - shmemBefore - mapped);
    Duration at = Duration.ofNanos(System.nanoTime() - start);
    Sample sample = new Sample(at, sum(processes, ProcessMemory::pss), unmapped);
    keep(sample);
    return sample;
  }

  /**
   * The reading with the largest summed PSS so far.
   *
   * @throws IllegalStateException if a reading failed, so that the peak cannot be told
   */
  public synchronized Sample peak() {
    requireSound();
    return peak;
  }

  /** The reading with the largest {@link Sample#footprint()} so far. */
  public synchronized Sample peakFootprint() {
    requireSound();
    return peakFootprint;
  }

  /** Stops watching; the peaks stay as they are. */
  @Override
  public void close() {
    closed.countDown(); // an interrupt would break a reading off half-way
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sampleUntilClosed(Duration interval) {
    try {
      Duration rest = interval;
      while (!closed.await(rest.toNanos(), TimeUnit.NANOSECONDS)) {
        long before = System.nanoTime();
        sampleNow();
        Duration took = Duration.ofNanos(System.nanoTime() - before);
        rest = interval.compareTo(took.multipliedBy(4)) > 0 ? interval : took.multipliedBy(4);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private synchronized void keep(Sample sample) {
    if (sample.pss() > peak.pss()) {
      peak = sample;
    }
    if (sample.footprint() > peakFootprint.footprint()) {
      peakFootprint = sample;
    }
  }

  private synchronized void fail(RuntimeException e) {
    failure = e;
  }

  private void requireSound() {
    if (failure != null) {
      throw new IllegalStateException(
          "the memory readings broke off: " + failure.getMessage(), failure);
    }
  }

  private static List<ProcessMemory> readings(LongStream pids) {
    return pids.mapToObj(ProcessMemory::read).flatMap(Optional::stream).toList();
  }

  private static long sum(List<ProcessMemory> processes, ToLongFunction<ProcessMemory> figure) {
    return processes.stream().mapToLong(figure).sum();
  }
}
