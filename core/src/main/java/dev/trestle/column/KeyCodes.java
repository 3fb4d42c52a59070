package dev.trestle.column;

import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;
import java.util.stream.IntStream;
import tech.tablesaw.columns.strings.ByteDictionaryMap;
import tech.tablesaw.columns.strings.DictionaryMap;
import tech.tablesaw.columns.strings.IntDictionaryMap;
import tech.tablesaw.columns.strings.ShortDictionaryMap;

/**
 * Numbers keys from 0, without gaps.
 *
 * <p>Tablesaw's byte and short keys are looked up in an array; only its int keys need a hash. So do
 * short keys of a small column, for which the large array costs more than it saves.
 */
final class KeyCodes {
  private static final int NONE = -1;
  private static final int SEEN = 0;
  private static final int SMALL = 1 << 14; // rows

  private final int[] near;
  private final Int2IntOpenHashMap far = new Int2IntOpenHashMap();
  private final IntArrayList keys = new IntArrayList();

  KeyCodes(int rows) {
    near = new int[1 << (rows < SMALL ? Byte.SIZE : Short.SIZE)];
    Arrays.fill(near, NONE);
    far.defaultReturnValue(NONE);
  }

  /**
   * The codes for all keys of a dictionary that rows have. Tablesaw's own know them: they forget a
   * string with the last row that has it.
   */
  static KeyCodes of(DictionaryMap strings) {
    return switch (strings) {
      case ByteDictionaryMap bytes ->
          of(bytes.size(), bytes.getKeyValueEntries().stream().mapToInt(e -> e.getByteKey()));
      case ShortDictionaryMap shorts ->
          of(shorts.size(), shorts.getKeyValueEntries().stream().mapToInt(e -> e.getShortKey()));
      case IntDictionaryMap ints ->
          of(ints.size(), ints.getKeyValueEntries().stream().mapToInt(e -> e.getIntKey()));
      default -> of(strings.size(), KeyReader.of(strings));
    };
  }

  private static KeyCodes of(int rows, IntStream keys) {
    var codes = new KeyCodes(rows);
    int[] all = keys.toArray();
    codes.see(all, all.length);
    codes.numberNear();
    return codes;
  }

  /** The codes for the keys of all rows. */
  static KeyCodes of(int rows, KeyReader reader) {
    var codes = new KeyCodes(rows);
    int[] block = new int[Math.min(FixedRows.BLOCK, rows)];
    for (int from = 0; from < rows; from += FixedRows.BLOCK) {
      int count = Math.min(FixedRows.BLOCK, rows - from);
      reader.read(from, count, block);
      codes.see(block, count);
    }
    codes.numberNear();
    return codes;
  }

  private void see(int[] block, int count) {
    int[] table = near;
    int middle = table.length / 2;
    for (int i = 0; i < count; i++) {
      int index = block[i] + middle;
      if (index >= 0 && index < table.length) {
        table[index] = SEEN;
      } else if (far.putIfAbsent(block[i], keys.size()) == NONE) {
        keys.add(block[i]);
      }
    }
  }

  private void numberNear() {
    for (int i = 0; i < near.length; i++) {
      if (near[i] == SEEN) {
        near[i] = keys.size();
        keys.add(i - near.length / 2);
      }
    }
  }

  /** Replaces keys by their codes. */
  void encode(int[] block, int count) {
    int[] table = near;
    int middle = table.length / 2;
    for (int i = 0; i < count; i++) {
      int index = block[i] + middle;
      block[i] = index >= 0 && index < table.length ? table[index] : far.get(block[i]);
    }
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
}
