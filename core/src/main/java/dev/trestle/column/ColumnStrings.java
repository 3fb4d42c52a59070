package dev.trestle.column;

import dev.trestle.store.Chunk;
import dev.trestle.store.StoredColumn;
import dev.trestle.store.StoredText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What all views of a string column share: the strings of its dictionaries, and their numbers
 * across dictionaries.
 *
 * <p>Chunks of different files have dictionaries of their own. They are merged when somebody first
 * asks for a number; attaching a table does not. Safe for use by several threads.
 */
final class ColumnStrings {
  private final List<Chunk> chunks;

  /** By chunk; null for one without a dictionary. */
  private final @Nullable StringPool[] pools;

  private volatile @Nullable Numbers numbers;

  ColumnStrings(StoredColumn column) {
    this.chunks = column.chunks();
    this.pools = new StringPool[chunks.size()];
    Map<StoredText, StringPool> known = new HashMap<>();
    for (int i = 0; i < pools.length; i++) {
      if (chunks.get(i) instanceof Chunk.Codes codes) {
        pools[i] = known.computeIfAbsent(codes.dictionary(), StringPool::new);
      }
    }
  }

  /**
   * One number for each string of any of the dictionaries.
   *
   * @param merged the strings by number
   * @param byChunk the numbers by chunk and by code; null for a chunk without a dictionary
   * @param missing the number of "", which stands for missing; perhaps one past the merged strings
   */
  record Numbers(MergedDictionary merged, int[] @Nullable [] byChunk, int missing) {
    /** How many numbers there are. */
    int size() {
      return Math.max(merged.size(), missing + 1);
    }

    String get(int number) {
      return number == missing ? "" : merged.get(number);
    }

    /** The number of a string, or -1. */
    int numberOf(String value) {
      return value.isEmpty() ? missing : merged.numberOf(value);
    }
  }

  Chunk chunk(int number) {
    return chunks.get(number);
  }

  /** The strings that the codes of a chunk point at. */
  StringPool pool(int chunk) {
    return Objects.requireNonNull(pools[chunk]);
  }

  Numbers numbers() {
    Numbers known = numbers;
    return known != null ? known : merge();
  }

  private synchronized Numbers merge() {
    Numbers known = numbers;
    if (known == null) {
      var merged = new MergedDictionary();
      var byPool = new HashMap<StringPool, int[]>();
      int[] @Nullable [] byChunk = new int[pools.length][];
      for (int i = 0; i < pools.length; i++) {
        if (pools[i] != null) {
          byChunk[i] = byPool.computeIfAbsent(pools[i], merged::add);
        }
      }
      int empty = merged.numberOf("");
      known = new Numbers(merged, byChunk, empty < 0 ? merged.size() : empty);
      numbers = known;
    }
    return known;
  }
}
