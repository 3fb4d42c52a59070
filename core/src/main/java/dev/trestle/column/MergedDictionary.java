package dev.trestle.column;

import dev.trestle.store.MappedBytes;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Several dictionaries as one: each string has one number, by first appearance.
 *
 * <p>Strings stay where they are, in the mapping, and are compared as UTF-8. On the heap are some
 * 16 bytes for each. For one thread while dictionaries are added; then for all.
 */
final class MergedDictionary {
  private static final int NONE = -1;
  private static final int SMALLEST_TABLE = 16; // slots, a power of two

  private final List<StringPool> pools = new ArrayList<>();

  /** By number: where the string lies. */
  private final IntArrayList poolOf = new IntArrayList();

  private final IntArrayList indexOf = new IntArrayList();
  private final IntArrayList hashes = new IntArrayList();
  private int[] slots = empty(SMALLEST_TABLE);

  /** How many different strings there are. */
  int size() {
    return indexOf.size();
  }

  /**
   * Adds the strings of a dictionary.
   *
   * @return their numbers, by their codes
   */
  int[] add(StringPool pool) {
    pools.add(pool);
    int[] numbers = new int[pool.size()];
    for (int i = 0; i < numbers.length; i++) {
      MemorySegment utf8 = pool.utf8(i);
      int hash = hash(utf8);
      int slot = slot(utf8, hash);
      if (slots[slot] == NONE) {
        slots[slot] = size();
        poolOf.add(pools.size() - 1);
        indexOf.add(i);
        hashes.add(hash);
        if (size() > slots.length / 2) {
          grow();
        }
        numbers[i] = size() - 1;
      } else {
        numbers[i] = slots[slot];
      }
    }
    return numbers;
  }

  /** The string of a number. */
  String get(int number) {
    return pools.get(poolOf.getInt(number)).get(indexOf.getInt(number));
  }

  /** The number of a string, or -1. */
  int numberOf(String value) {
    MemorySegment utf8 = MemorySegment.ofArray(value.getBytes(StandardCharsets.UTF_8));
    return slots[slot(utf8, hash(utf8))];
  }

  /** Where the string is, or would be. */
  private int slot(MemorySegment utf8, int hash) {
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (slots[slot] != NONE && !isAt(slots[slot], utf8, hash)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private boolean isAt(int number, MemorySegment utf8, int hash) {
    if (hashes.getInt(number) != hash) {
      return false;
    }
    MemorySegment known = pools.get(poolOf.getInt(number)).utf8(indexOf.getInt(number));
    return MappedBytes.equal(known, utf8);
  }

  private void grow() {
    int[] wider = empty(2 * slots.length);
    for (int number = 0; number < size(); number++) {
      int slot = hashes.getInt(number) & wider.length - 1;
      while (wider[slot] != NONE) {
        slot = slot + 1 & wider.length - 1;
      }
      wider[slot] = number;
    }
    slots = wider;
  }

  private static int[] empty(int slots) {
    int[] empty = new int[slots];
    Arrays.fill(empty, NONE);
    return empty;
  }

  private static int hash(MemorySegment utf8) {
    int hash = 1;
    for (long i = 0; i < utf8.byteSize(); i++) {
      hash = 31 * hash + utf8.get(ValueLayout.JAVA_BYTE, i);
    }
    hash *= 0x9E3779B9; // spreads what differs in the last letters only
    return hash ^ hash >>> 15;
  }
}
