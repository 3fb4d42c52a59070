package dev.trestle.worker;

import java.time.Duration;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a pool is to be like.
 *
 * @param workers how many
 * @param properties system properties of the workers
 * @param recycleAfter after how many tasks a worker is replaced
 * @param idleAfter after which time without work a worker ends, until there is work again; null for
 *     never
 * @param memoryLimit how many bytes of its own a worker may have
 * @param heapBytes the largest heap of a worker; 0 for its share of this JVM's own limit
 * @param memory tells for a process id how many bytes of its own it has
 * @param ended takes the process id of each worker that is gone, however it went
 * @param caches what makes workers start faster; null for nothing
 */
public record PoolSettings(
    int workers,
    Map<String, String> properties,
    long recycleAfter,
    @Nullable Duration idleAfter,
    long memoryLimit,
    long heapBytes,
    LongUnaryOperator memory,
    LongConsumer ended,
    @Nullable StartCaches caches) {

  public PoolSettings {
    checkSize(workers);
    properties = Map.copyOf(properties);
  }

  static void checkSize(int workers) {
    if (workers < 1) {
      throw new IllegalArgumentException(
          "a pool needs at least 1 worker, " + workers + " were asked for");
    }
  }
}
