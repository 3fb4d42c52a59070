package dev.trestle.column;

import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Numbers keys from 0 in order of first appearance.
 *
 * <p>Tablesaw's byte and short keys are looked up in an array; only its int keys need a hash. So do
 * short keys of a small column, for which the large array costs more than it saves.
 */
final class KeyCodes {
  private static final int NONE = -1;
  private static final int SMALL = 1 << 14; // rows

  private final int[] near;
  private final Int2IntOpenHashMap far = new Int2IntOpenHashMap();
  private final IntArrayList keys = new IntArrayList();

  KeyCodes(int rows) {
    near = new int[1 << (rows < SMALL ? Byte.SIZE : Short.SIZE)];
    Arrays.fill(near, NONE);
    far.defaultReturnValue(NONE);
  }

  /** The codes for all of a column's keys. */
  static KeyCodes of(int rows, KeyReader reader) {
    var codes = new KeyCodes(rows);
    int[] block = new int[FixedRows.BLOCK];
    for (int from = 0; from < rows; from += FixedRows.BLOCK) {
      int count = Math.min(FixedRows.BLOCK, rows - from);
      reader.read(from, count, block);
      for (int i = 0; i < count; i++) {
        codes.add(block[i]);
      }
    }
    return codes;
  }

  private void add(int key) {
    if (get(key) == NONE) {
      if (isNear(key)) {
        near[key + near.length / 2] = keys.size();
      } else {
        far.put(key, keys.size());
      }
      keys.add(key);
    }
  }

  /** Replaces keys that were added by their codes. */
  void encode(int[] block, int count) {
    for (int i = 0; i < count; i++) {
      block[i] = get(block[i]);
    }
  }

  private int get(int key) {
    int index = key + near.length / 2;
    return index >= 0 && index < near.length ? near[index] : far.get(key);
  }

  int size() {
    return keys.size();
  }

  /** The key that has a code. */
  int key(int code) {
    return keys.getInt(code);
  }

  IntStream keys() {
    return keys.intStream();
  }

  private boolean isNear(int key) {
    return key >= -near.length / 2 && key < near.length / 2;
  }
}
