package dev.trestle.column;

import it.unimi.dsi.fastutil.bytes.ByteArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.shorts.ShortArrayList;
import tech.tablesaw.columns.strings.ByteDictionaryMap;
import tech.tablesaw.columns.strings.DictionaryMap;
import tech.tablesaw.columns.strings.IntDictionaryMap;
import tech.tablesaw.columns.strings.ShortDictionaryMap;

/** Takes the keys of a string column's rows in blocks, from the list where Tablesaw has them. */
@FunctionalInterface
interface KeyReader {
  /** Takes the keys of so many rows, at most {@link FixedRows#BLOCK}. */
  void read(int from, int count, int[] keys);

  static KeyReader of(DictionaryMap strings) {
    return switch (strings) {
      case ByteDictionaryMap bytes -> bytes(bytes.values());
      case ShortDictionaryMap shorts -> shorts(shorts.values());
      case IntDictionaryMap ints -> ints(ints.values());
      default ->
          (from, count, keys) -> {
            for (int i = 0; i < count; i++) {
              keys[i] = strings.getKeyForIndex(from + i);
            }
          };
    };
  }

  private static KeyReader bytes(ByteArrayList values) {
    byte[] block = new byte[Math.min(FixedRows.BLOCK, values.size())];
    return (from, count, keys) -> {
      values.getElements(from, block, 0, count);
      for (int i = 0; i < count; i++) {
        keys[i] = block[i];
      }
    };
  }

  private static KeyReader shorts(ShortArrayList values) {
    short[] block = new short[Math.min(FixedRows.BLOCK, values.size())];
    return (from, count, keys) -> {
      values.getElements(from, block, 0, count);
      for (int i = 0; i < count; i++) {
        keys[i] = block[i];
      }
    };
  }

  private static KeyReader ints(IntArrayList values) {
    return (from, count, keys) -> values.getElements(from, keys, 0, count);
  }
}
