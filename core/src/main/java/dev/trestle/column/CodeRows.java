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
  private final int[] block;
  private final byte[] bytes;
  private final short[] shorts;

  /**
   * @param empty the code of "", which stands for missing; negative if no row is
   */
  CodeRows(int rows, KeyReader keys, KeyCodes codes, int empty) {
    super(
        rows,
        ColumnPayload.Dictionary.narrowestCode(codes.size()),
        empty < 0 ? Missing.NONE : Missing.UNKNOWN);
    this.keys = keys;
    this.codes = codes;
    this.missing = empty < 0 ? 0 : codes.key(empty);
    this.width = ColumnPayload.Dictionary.narrowestCode(codes.size());
    this.block = new int[blockRows()];
    this.bytes = new byte[width == Byte.BYTES ? blockRows() : 0];
    this.shorts = new short[width == Short.BYTES ? blockRows() : 0];
  }

  @Override
  void load(int from, int count) {
    keys.read(from, count, block);
  }

  @Override
  long present(int first, int count) {
    long bits = 0;
    for (int i = 0; i < count; i++) {
      bits |= (block[first + i] != missing ? 1L : 0L) << i;
    }
    return bits;
  }

  @Override
  void put(int count, MemorySegment target) {
    codes.encode(block, count);
    switch (width) {
      case Byte.BYTES -> {
        for (int i = 0; i < count; i++) {
          bytes[i] = (byte) block[i];
        }
        MemorySegment.copy(bytes, 0, target, ValueLayout.JAVA_BYTE, 0, count);
      }
      case Short.BYTES -> {
        for (int i = 0; i < count; i++) {
          shorts[i] = (short) block[i];
        }
        MemorySegment.copy(shorts, 0, target, Layouts.SHORT, 0, count);
      }
      default -> MemorySegment.copy(block, 0, target, Layouts.INT, 0, count);
    }
  }
}
