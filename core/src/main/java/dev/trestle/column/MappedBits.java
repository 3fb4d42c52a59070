package dev.trestle.column;

import static tech.tablesaw.columns.booleans.BooleanColumnType.BYTE_FALSE;
import static tech.tablesaw.columns.booleans.BooleanColumnType.BYTE_TRUE;
import static tech.tablesaw.columns.booleans.BooleanColumnType.MISSING_VALUE;

import dev.trestle.store.Layouts;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import tech.tablesaw.columns.booleans.BooleanData;

/** Booleans read from one or more pairs of bitmaps: the values, and which of them are there. */
final class MappedBits extends MappedBooleans {
  private final Pieces pieces;

  MappedBits(Pieces pieces, boolean isCopy) {
    super(pieces.size(), isCopy);
    this.pieces = pieces;
  }

  @Override
  byte mapped(int row) {
    if (row >= pieces.size()) {
      return MISSING_VALUE;
    }
    Piece piece = pieces.at(row);
    if (piece.isMissing(row)) {
      return MISSING_VALUE;
    }
    return isSet(piece.values(), piece.index(row)) ? BYTE_TRUE : BYTE_FALSE;
  }

  @Override
  BooleanData lazyCopy() {
    return new MappedBits(pieces.again(), true);
  }

  /** By 64 rows at once where they lie in one piece. */
  @Override
  BitSet where(byte value) {
    if (owned() != null || pieces.list().size() != 1) {
      return super.where(value);
    }
    Piece piece = pieces.list().getFirst();
    int rows = pieces.size();
    long[] words = new long[(rows + Long.SIZE - 1) >>> 6];
    for (int i = 0; i < words.length; i++) {
      int row = i << 6;
      int length = Math.min(Long.SIZE, rows - row);
      long valid = piece.validity() == null ? -1 : word(piece.validity(), piece.index(row), length);
      long set = word(piece.values(), piece.index(row), length);
      long word = value == BYTE_TRUE ? set & valid : value == BYTE_FALSE ? ~set & valid : ~valid;
      words[i] = length == Long.SIZE ? word : word & ((1L << length) - 1);
    }
    return BitSet.valueOf(words);
  }

  /** So many bits of a bitmap, from any bit on; those above are anything. */
  private static long word(MemorySegment bitmap, long bit, int length) {
    long at = bit >> 3;
    int shift = (int) (bit & 7);
    if (at + Long.BYTES < bitmap.byteSize()) {
      long low = bitmap.get(Layouts.LONG, at) >>> shift;
      long high = bitmap.get(ValueLayout.JAVA_BYTE, at + Long.BYTES);
      return shift == 0 ? low : low | high << (Long.SIZE - shift);
    }
    long word = 0;
    for (int i = 0; i < length; i++) {
      word |= isSet(bitmap, bit + i) ? 1L << i : 0;
    }
    return word;
  }
}
