package dev.trestle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** See {@link Workers#reduce}: each worker folds slices of the arguments, the caller the rest. */
final class Reduction {
  /** Slices for each worker: enough to even out what takes longer. */
  private static final int SLICES = 8;

  private Reduction() {}

  /**
   * @param workers run one slice at a time
   * @param chunk arguments in a slice; 0 for as many as suit
   */
  static <T extends @Nullable Object, A> Optional<A> of(
      Workers workers,
      int chunk,
      Collection<? extends T> arguments,
      Task<? super T, A> task,
      Combiner<A> combiner) {
    List<T> list = new ArrayList<>(arguments);
    if (list.isEmpty()) {
      return Optional.empty();
    }
    int size = chunk > 0 ? chunk : Math.max(1, list.size() / (SLICES * workers.size()));
    List<List<T>> slices = new ArrayList<>();
    for (int from = 0; from < list.size(); from += size) {
      slices.add(new ArrayList<>(list.subList(from, Math.min(list.size(), from + size))));
    }
    List<A> folded = workers.map(slices, slice -> fold(slice, task, combiner));
    try {
      return Optional.of(fold(folded, each -> each, combiner));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("results cannot be combined: " + e, e);
    }
  }

  private static <T extends @Nullable Object, A> A fold(
      List<T> values, Task<? super T, ? extends A> task, Combiner<A> combiner) throws Exception {
    A sum = task.apply(values.getFirst());
    for (int i = 1; i < values.size(); i++) {
      sum = combiner.combine(sum, task.apply(values.get(i)));
    }
    return sum;
  }
}
