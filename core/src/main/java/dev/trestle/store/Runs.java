package dev.trestle.store;

import java.lang.foreign.MemorySegment;
import java.util.function.Function;

/**
 * How many rows each value of a batch stands for: one, unless the column is run-end-encoded.
 *
 * <p>A value's run ends before the row that is written beside it, and the first begins at row 0;
 * see "Run-End Encoded Layout" in the Arrow columnar format.
 */
interface Runs {
  /** Each value is a row. */
  Runs OF_ONE = at -> 1;

  /** How many rows the value at a place stands for. */
  long length(long at);

  /**
   * Runs in a file, each of which is looked at.
   *
   * @param ends the row behind each run
   * @param count how many runs
   * @param rows of the batch; what the runs have beyond them belongs to no row
   * @param damaged makes the exception if the ends do not ascend, or do not reach all rows
   */
  static Runs of(
      ArrowType.Int type,
      MemorySegment ends,
      long count,
      long rows,
      Function<String, StoreException> damaged) {
    long end = 0;
    for (long at = 0; at < count; at++) {
      long next = Codes.at(type, ends, at);
      if (next <= end) {
        throw damaged.apply("run %,d ends at %,d, and begins at %,d".formatted(at, next, end));
      }
      end = next;
    }
    if (end < rows) {
      throw damaged.apply("its runs have %,d rows, and there are %,d".formatted(end, rows));
    }
    return at -> {
      long start = at == 0 ? 0 : Codes.at(type, ends, at - 1);
      return Math.max(0, Math.min(rows, Codes.at(type, ends, at)) - start);
    };
  }
}
