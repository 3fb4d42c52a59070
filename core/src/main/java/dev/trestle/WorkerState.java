package dev.trestle;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What tasks keep in their worker from one to the next. */
final class WorkerState {
  private static final ConcurrentHashMap<String, Object> KEPT = new ConcurrentHashMap<>();

  private WorkerState() {}

  @SuppressWarnings("unchecked") // the caller's word, as in any map of objects
  static <S> S of(String key, Supplier<? extends S> maker) {
    return (S) KEPT.computeIfAbsent(key, unknown -> maker.get());
  }
}
