package dev.trestle.store;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Tables that can be told from any others, and damaged ones from whole ones: a column of longs that
 * all follow from a seed, which is the first of them.
 */
final class Numbers {
  private Numbers() {}

  /** At least one row. */
  static TableContent of(long seed, int rows) {
    long[] values = new long[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = value(seed, i);
    }
    Bytes bytes = Bytes.of(MemorySegment.ofArray(values));
    return TableContent.of(
        rows,
        List.of(new ColumnPayload("n", ColumnKind.LONG, 0, List.of(Bytes.NONE, bytes), null)));
  }

  private static long value(long seed, long row) {
    return row == 0 ? seed : seed * 0x9E3779B97F4A7C15L + row;
  }

  /** The seed of each file of a table, in order. */
  static List<Long> seeds(MappedTable table) {
    List<Long> seeds = new ArrayList<>();
    for (Chunk chunk : table.columns().getFirst().chunks()) {
      MemorySegment values = ((Chunk.Values) chunk).values();
      long seed = values.get(ValueLayout.JAVA_LONG, 0);
      for (long row = 0; row < chunk.rows(); row++) {
        if (values.getAtIndex(ValueLayout.JAVA_LONG, row) != value(seed, row)) {
          throw new AssertionError("table %s, seed %d, row %d".formatted(table.name(), seed, row));
        }
      }
      seeds.add(seed);
    }
    return seeds;
  }
}
