package dev.trestle.ingest;

import dev.trestle.store.Bytes;
import dev.trestle.store.ColumnPayload;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The distinct strings of a whole column in order of first appearance, as UTF-8 on the heap. */
final class Dictionary {
  private byte[] text = new byte[256];
  private int[] ends = new int[16];
  private int[] hashes = new int[16];
  private int[] slots = new int[32];
  private int entries;

  int entries() {
    return entries;
  }

  long heapBytes() {
    return text.length + (long) Integer.BYTES * (ends.length + hashes.length + slots.length);
  }

  /** The code of an entry of a chunk; a new one when the string has not been seen yet. */
  int code(StringCells chunk, int entry) {
    int from = chunk.utf8Start(entry);
    int to = chunk.utf8End(entry);
    int hash = chunk.hash(entry);
    int mask = slots.length - 1;
    int slot = (hash ^ (hash >>> 16)) & mask;
    for (; slots[slot] != 0; slot = (slot + 1) & mask) {
      int code = slots[slot] - 1;
      if (hashes[code] == hash
          && Arrays.equals(text, start(code), ends[code], chunk.utf8(), from, to)) {
        return code;
      }
    }
    slots[slot] = entries + 1;
    return add(hash, chunk.utf8(), from, to - from);
  }

  private int add(int hash, byte[] utf8, int from, int length) {
    int code = entries++;
    int start = start(code);
    if (start + length > text.length) {
      text = Arrays.copyOf(text, Math.max(start + length, text.length * 2));
    }
    System.arraycopy(utf8, from, text, start, length);
    if (code == ends.length) {
      ends = Arrays.copyOf(ends, code * 2);
      hashes = Arrays.copyOf(hashes, code * 2);
    }
    ends[code] = start + length;
    hashes[code] = hash;
    if (entries * 2 > slots.length) {
      rehash();
    }
    return code;
  }

  private void rehash() {
    slots = new int[slots.length * 2];
    int mask = slots.length - 1;
    for (int code = 0; code < entries; code++) {
      int slot = (hashes[code] ^ (hashes[code] >>> 16)) & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = code + 1;
    }
  }

  private int start(int code) {
    return code == 0 ? 0 : ends[code - 1];
  }

  void writeEntry(int code, TextSpool into) throws IOException {
    into.append(text, start(code), ends[code]);
  }

  /** The dictionary as the store writes it; it holds on to this object's text. */
  ColumnPayload.Dictionary payload() {
    ByteBuffer offsets =
        ByteBuffer.allocate(Math.multiplyExact(entries + 1, Long.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    offsets.putLong(0);
    for (int code = 0; code < entries; code++) {
      offsets.putLong(ends[code]);
    }
    return new ColumnPayload.Dictionary(
        ColumnPayload.Dictionary.narrowestCode(entries),
        entries,
        Bytes.of(MemorySegment.ofArray(offsets.array())),
        Bytes.of(MemorySegment.ofArray(text).asSlice(0, start(entries))));
  }
}
