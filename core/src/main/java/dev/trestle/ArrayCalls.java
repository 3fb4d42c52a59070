package dev.trestle;

import dev.trestle.worker.WorkerTask;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Calls over the first axis of a shared array, which the workers write to where it lies. */
final class ArrayCalls {
  private ArrayCalls() {}

  /** Places of the first axis, from one up to another. */
  private record Range(long from, long to) implements Serializable {}

  /** In the worker: the array is attached once for all slices that it gets. */
  private record SliceTask(SharedArray array, Action<? super SharedArray> action)
      implements WorkerTask<Range, @Nullable Object> {
    @Override
    public @Nullable Object run(Range range) throws Exception {
      action.accept(array.slice(range.from, range.to));
      return null;
    }
  }

  static void forSlices(
      PooledWorkers workers,
      CallOptions how,
      TableCourier carried,
      SharedArray array,
      int slices,
      Action<? super SharedArray> action) {
    if (slices < 1) {
      throw new IllegalArgumentException("an array has at least 1 slice, not " + slices);
    }
    array.checkWritable();
    if (array.shape().length == 0) {
      throw new IllegalArgumentException(
          "array '%s' is a single number and has no slices".formatted(array.name()));
    }
    List<Range> ranges = ranges(array.shape()[0], slices);
    workers.run(
        carried,
        new SliceTask(array, action),
        ranges,
        how,
        (i, part) ->
            "slice %,d to %,d of array '%s'"
                .formatted(ranges.get((int) i).from, ranges.get((int) i).to, array.name()));
  }

  /** Neighbouring places, in slices that differ by one at most; none is empty. */
  private static List<Range> ranges(long rows, int slices) {
    int count = (int) Math.min(rows, slices);
    return IntStream.range(0, count)
        .mapToObj(i -> new Range(share(rows, i, count), share(rows, i + 1, count)))
        .toList();
  }

  /** So many of the rows, rounded down; their product with i may not fit a long. */
  private static long share(long rows, int i, int count) {
    return rows / count * i + rows % count * i / count;
  }
}
