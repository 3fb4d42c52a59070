package dev.trestle;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What workers are to be like.
 *
 * <pre>{@code
 * Trestle.workers(WorkerSettings.of(4).initializer(() -> model.load()).recycleAfter(1_000));
 * }</pre>
 *
 * @param count how many
 * @param initializer runs once in each worker before its first task; null for nothing
 * @param recycleAfter after how many tasks a worker is replaced by a new one
 * @param idleAfter after which time without a task a worker ends, until there is work again; null
 *     for never
 * @param memoryLimit how many bytes of its own (USS) a worker may have: one that has more while it
 *     works is ended and replaced, and its task has failed once
 * @param heapBytes the largest heap of one worker; 0 for what one of so many workers gets of this
 *     JVM's own limit, and 256 MiB at least
 */
public record WorkerSettings(
    int count,
    @Nullable Initializer initializer,
    long recycleAfter,
    @Nullable Duration idleAfter,
    long memoryLimit,
    long heapBytes) {

  /** Something that each worker does once; the rules of {@link Task} hold. */
  @FunctionalInterface
  public interface Initializer extends java.io.Serializable {
    /** Prepares a worker. What it throws is told to whoever starts the workers. */
    void prepare() throws Exception;
  }

  /** So many workers: without an initializer, never recycled, ended when idle for ten minutes. */
  public static WorkerSettings of(int count) {
    return new WorkerSettings(
        count, null, Long.MAX_VALUE, Duration.ofMinutes(10), Long.MAX_VALUE, 0);
  }

  /** These settings for so many workers. */
  public WorkerSettings count(int workers) {
    return new WorkerSettings(
        workers, initializer, recycleAfter, idleAfter, memoryLimit, heapBytes);
  }

  /** These settings with something that each worker does before its first task. */
  public WorkerSettings initializer(Initializer prepare) {
    return new WorkerSettings(count, prepare, recycleAfter, idleAfter, memoryLimit, heapBytes);
  }

  /** These settings with workers that are replaced after so many tasks. */
  public WorkerSettings recycleAfter(long tasks) {
    if (tasks < 1) {
      throw new IllegalArgumentException("a worker runs at least 1 task, not " + tasks);
    }
    return new WorkerSettings(count, initializer, tasks, idleAfter, memoryLimit, heapBytes);
  }

  /** These settings with workers that end after such a time without a task; null for never. */
  public WorkerSettings idleAfter(@Nullable Duration time) {
    return new WorkerSettings(count, initializer, recycleAfter, time, memoryLimit, heapBytes);
  }

  /** These settings with a limit to the bytes of its own that a worker may have. */
  public WorkerSettings memoryLimit(long bytes) {
    return new WorkerSettings(count, initializer, recycleAfter, idleAfter, bytes, heapBytes);
  }

  /** These settings with a largest heap of each worker, in bytes; see the class. */
  public WorkerSettings heap(long bytes) {
    if (bytes < LEAST_HEAP) {
      throw new IllegalArgumentException(
          "a worker's heap has at least %,d bytes, not %,d".formatted(LEAST_HEAP, bytes));
    }
    return new WorkerSettings(count, initializer, recycleAfter, idleAfter, memoryLimit, bytes);
  }

  private static final long LEAST_HEAP = 16L << 20; // what the heap begins with
}
