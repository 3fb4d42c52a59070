package dev.trestle.memory;

import dev.trestle.memory.MemoryTimeline.Mark;
import dev.trestle.memory.MemoryTimeline.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Records a {@link MemoryTimeline} until it is closed.
 *
 * <p>A daemon thread reads at every interval, and rests at least four times as long as a reading
 * took, so it costs a fifth of one core at most. It ends with {@link #close}, and also when the
 * thread that started it has ended without that. However long it runs, it keeps {@value
 * #MOST_MOMENTS} moments at most: when they are that many, of each two neighbours the smaller one
 * goes, and the interval doubles. Safe for use by several threads.
 */
public final class TimelineRecorder implements AutoCloseable {
  static final int MOST_MOMENTS = 2000;

  private final Supplier<Map<Long, String>> processes;
  private final LongSupplier shared;
  private final Thread owner = Thread.currentThread();
  private final long start = System.nanoTime();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private final List<Moment> moments = new ArrayList<>(); // guarded by this
  private final List<Mark> marks = new ArrayList<>(); // guarded by this
  private Duration interval; // guarded by this
  private @Nullable RuntimeException failure; // guarded by this

  private TimelineRecorder(
      Supplier<Map<Long, String>> processes, LongSupplier shared, Duration interval) {
    this.processes = processes;
    this.shared = shared;
    this.interval = interval;
    this.thread = new Thread(this::recordUntilClosed, "trestle-memory-timeline");
    thread.setDaemon(true);
  }

  /**
   * Starts with a first reading.
   *
   * @param processes asked before every reading: names by process id, in the order in which they
   *     are to be shown; those gone count nothing, those of one name count together
   * @param shared what shared tables and arrays take in memory file systems now, in bytes
   * @throws UnsupportedOperationException on a system without {@code /proc/PID/smaps_rollup}
   */
  public static TimelineRecorder start(
      Supplier<Map<Long, String>> processes, LongSupplier shared, Duration interval) {
    if (!interval.isPositive()) {
      throw new IllegalArgumentException("readings need some time between them, not " + interval);
    }
    var recorder = new TimelineRecorder(processes, shared, interval);
    recorder.readNow();
    recorder.thread.start();
    return recorder;
  }

  /** Takes a reading now, whatever the interval. */
  public Moment readNow() {
    Map<String, Long> own = new LinkedHashMap<>();
    long files = 0;
    long mapped = 0;
    for (Map.Entry<Long, String> each : processes.get().entrySet()) {
      Optional<ProcessMemory> found = ProcessMemory.read(each.getKey());
      if (found.isPresent()) {
        ProcessMemory memory = found.get();
        own.merge(each.getValue(), memory.pss() - memory.pssFile() - memory.pssShmem(), Long::sum);
        files += memory.pssFile();
        mapped += memory.pssShmem();
      }
    }
    // A file that was removed while it is mapped is in no folder any more, and still in memory.
    long once = Math.max(shared.getAsLong(), mapped);
    Moment moment =
        new Moment(
            elapsed(), Collections.unmodifiableMap(own), files, once, MachineMemory.available());
    keep(moment);
    return moment;
  }

  /** Notes that something begins now; takes no reading. */
  public synchronized void mark(String label) {
    marks.add(new Mark(elapsed(), label));
  }

  /** Takes a last reading, ends the recording and returns it. Further calls change nothing. */
  public MemoryTimeline finish() {
    if (closed.getCount() > 0) {
      close();
      readNow();
    }
    synchronized (this) {
      if (failure != null) {
        throw new IllegalStateException(
            "the memory readings broke off: " + failure.getMessage(), failure);
      }
      return new MemoryTimeline(moments, marks);
    }
  }

  /** Ends the recording; returns when its thread has ended. */
  @Override
  public void close() {
    closed.countDown();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join(); // one reading at most
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void recordUntilClosed() {
    try {
      Duration rest = interval();
      while (!closed.await(rest.toNanos(), TimeUnit.NANOSECONDS) && owner.isAlive()) {
        long before = System.nanoTime();
        readNow();
        Duration least = Duration.ofNanos(System.nanoTime() - before).multipliedBy(4);
        rest = interval().compareTo(least) > 0 ? interval() : least;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private synchronized Duration interval() {
    return interval;
  }

  private synchronized void fail(RuntimeException e) {
    failure = e;
  }

  /** Two threads may read at once, and the one that began later be done first. */
  private synchronized void keep(Moment moment) {
    int place = moments.size();
    while (place > 0 && moments.get(place - 1).at().compareTo(moment.at()) > 0) {
      place--;
    }
    moments.add(place, moment);
    if (moments.size() >= MOST_MOMENTS) {
      thin();
    }
  }

  private void thin() {
    List<Moment> kept = new ArrayList<>();
    for (int i = 0; i < moments.size(); i += 2) {
      Moment one = moments.get(i);
      Moment next = moments.get(Math.min(i + 1, moments.size() - 1));
      kept.add(i == 0 || one.total() >= next.total() ? one : next); // the first one stays
    }
    moments.clear();
    moments.addAll(kept);
    interval = interval.multipliedBy(2);
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
