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
    long[] words = new long[words()];
    int whole = wholeWords(piece);
    for (int i = 0; i < words.length; i++) {
      words[i] = i < whole ? wholeWord(piece, i, value) : word(piece, i, value);
    }
    return BitSet.valueOf(words);
  }

  @Override
  int count(byte value) {
    if (owned() != null || pieces.list().size() != 1) {
      return super.count(value);
    }
    Piece piece = pieces.list().getFirst();
    int count = 0;
    int whole = wholeWords(piece);
    for (int i = 0; i < whole; i++) {
      count += Long.bitCount(wholeWord(piece, i, value));
    }
    for (int i = whole; i < words(); i++) {
      count += Long.bitCount(word(piece, i, value));
    }
    return count;
  }

  private int words() {
    return (pieces.size() + Long.SIZE - 1) >>> 6;
  }

  /** How many words can be read as they lie: all but the last if the rows begin with a byte. */
  private int wholeWords(Piece piece) {
    return (piece.index(0) & 7) == 0 ? pieces.size() >>> 6 : 0;
  }

  private static long wholeWord(Piece piece, int word, byte value) {
    long at = (piece.index(0) >> 3) + ((long) word << 3);
    MemorySegment validity = piece.validity();
    return having(
        value,
        piece.values().get(Layouts.LONG, at),
        validity == null ? -1 : validity.get(Layouts.LONG, at));
  }

  private long word(Piece piece, int word, byte value) {
    int row = word << 6;
    int length = Math.min(Long.SIZE, pieces.size() - row);
    MemorySegment validity = piece.validity();
    long rows =
        having(
            value,
            word(piece.values(), piece.index(row), length),
            validity == null ? -1 : word(validity, piece.index(row), length));
    return length == Long.SIZE ? rows : rows & ((1L << length) - 1);
  }

  private static long having(byte value, long set, long valid) {
    return value == BYTE_TRUE ? set & valid : value == BYTE_FALSE ? ~set & valid : ~valid;
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
