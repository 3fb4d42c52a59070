package dev.trestle.column;

import dev.trestle.store.ColumnPayload;
import dev.trestle.store.Layouts;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A string column's keys, stored as codes of the narrowest width. */
final class CodeRows extends FixedRows {
  private final KeyReader keys;
  private final KeyCodes codes;
  private final int missing;
  private final int width;
  private final int[] block = new int[BLOCK];

  /**
   * @param missing the code of "", or one that no row has
   */
  CodeRows(int rows, KeyReader keys, KeyCodes codes, int missing) {
    super(rows, ColumnPayload.Dictionary.narrowestCode(codes.size()));
    this.keys = keys;
    this.codes = codes;
    this.missing = missing;
    this.width = ColumnPayload.Dictionary.narrowestCode(codes.size());
  }

  @Override
  int load(int from, int count) {
    keys.read(from, count, block);
    codes.encode(block, count);
    int found = 0;
    for (int i = 0; i < count; i++) {
      found += block[i] == missing ? 1 : 0;
    }
    return found;
  }

  @Override
  void clearMissing(int from, int count, byte[] bitmap) {
    for (int i = 0; i < count; i++) {
      if (block[i] == missing) {
        Missing.clear(bitmap, from + i);
      }
    }
  }

  @Override
  void put(int count, MemorySegment target) {
    switch (width) {
      case 1 -> {
        for (int i = 0; i < count; i++) {
          target.set(ValueLayout.JAVA_BYTE, i, (byte) block[i]);
        }
      }
      case 2 -> {
        for (int i = 0; i < count; i++) {
          target.set(Layouts.SHORT, 2L * i, (short) block[i]);
        }
      }
      default -> MemorySegment.copy(block, 0, target, Layouts.INT, 0, count);
    }
  }
}
