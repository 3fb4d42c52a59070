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
  private final HashSlots codes = new HashSlots();

  int entries() {
    return codes.entries();
  }

  long heapBytes() {
    return text.length + (long) Integer.BYTES * ends.length + codes.heapBytes();
  }

  /** The code of an entry of a chunk; a new one when the string has not been seen yet. */
  int code(StringCells chunk, int entry) {
    int from = chunk.utf8Start(entry);
    int to = chunk.utf8End(entry);
    int hash = chunk.hash(entry);
    int slot = codes.slot(hash);
    for (; codes.code(slot) >= 0; slot = codes.next(slot)) {
      int code = codes.code(slot);
      if (codes.hash(code) == hash
          && Arrays.equals(text, start(code), ends[code], chunk.utf8(), from, to)) {
        return code;
      }
    }
    return add(codes.add(slot, hash), chunk.utf8(), from, to - from);
  }

  private int add(int code, byte[] utf8, int from, int length) {
    int start = start(code);
    if (start + length > text.length) {
      text = Arrays.copyOf(text, Math.max(start + length, text.length * 2));
    }
    System.arraycopy(utf8, from, text, start, length);
    if (code == ends.length) {
      ends = Arrays.copyOf(ends, code * 2);
    }
    ends[code] = start + length;
    return code;
  }

  private int start(int code) {
    return code == 0 ? 0 : ends[code - 1];
  }

  void writeEntry(int code, TextSpool into) throws IOException {
    into.append(text, start(code), ends[code]);
  }

  /** The dictionary as the store writes it; it holds on to this object's text. */
  ColumnPayload.Dictionary payload() {
    int entries = entries();
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
