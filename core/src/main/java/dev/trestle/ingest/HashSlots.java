package dev.trestle.ingest;

import java.util.Arrays;

/**
 * Finds the number of something by its hash: an open-addressing table, probed one by one.
 *
 * <p>What is numbered lies with the caller, who compares it: {@code for (slot = slot(hash);
 * code(slot) >= 0; slot = next(slot))} passes all that may be equal, and ends where a new one goes.
 */
final class HashSlots {
  private static final int EMPTY = 0;

  private int[] hashes = new int[16];
  private int[] slots = new int[32]; // code + 1
  private int entries;

  /** How many are numbered, from 0. */
  int entries() {
    return entries;
  }

  int slot(int hash) {
    return (hash ^ (hash >>> 16)) & (slots.length - 1);
  }

  int next(int slot) {
    return (slot + 1) & (slots.length - 1);
  }

  /** The number in a slot, or -1. */
  int code(int slot) {
    return slots[slot] - 1;
  }

  int hash(int code) {
    return hashes[code];
  }

  /** Gives out the next number. */
  int add(int slot, int hash) {
    int code = entries++;
    if (code == hashes.length) {
      hashes = Arrays.copyOf(hashes, code * 2);
    }
    hashes[code] = hash;
    slots[slot] = code + 1;
    if (entries * 2 > slots.length) {
      grow();
    }
    return code;
  }

  private void grow() {
    slots = new int[slots.length * 2];
    for (int code = 0; code < entries; code++) {
      int slot = slot(hashes[code]);
      while (slots[slot] != EMPTY) {
        slot = next(slot);
      }
      slots[slot] = code + 1;
    }
  }

  void clear() {
    entries = 0;
    Arrays.fill(slots, EMPTY);
  }

  long heapBytes() {
    return (long) Integer.BYTES * (hashes.length + slots.length);
  }
}
