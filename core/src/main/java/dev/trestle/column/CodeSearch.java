package dev.trestle.column;

import dev.trestle.store.Layouts;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Collection;
import org.roaringbitmap.BitSetUtil;
import tech.tablesaw.selection.BitmapBackedSelection;
import tech.tablesaw.selection.Selection;

/**
 * Finds rows by their strings' codes, 64 rows to a word of the result: eight codes of a byte are
 * compared at once, others are looked up a block at a time.
 */
record CodeSearch(MemorySegment codes, int width, int rows, StringPool pool) {
  private static final int BLOCK = 4096; // rows, whole words
  private static final long LOWEST = 0x0101_0101_0101_0101L; // of each byte
  private static final long HIGHEST = LOWEST << 7;

  /** Brings the lowest bits of eight bytes together in the highest byte. */
  private static final long GATHER = 0x0102_0408_1020_4080L;

  /** The rows that have one of the strings. */
  Selection rowsOf(Collection<String> wanted) {
    boolean[] isWanted = pool.which(wanted);
    int first = next(isWanted, 0);
    if (first == isWanted.length) {
      return new BitmapBackedSelection();
    }
    long[] words = new long[(rows + Long.SIZE - 1) >>> 6];
    boolean isOnly = next(isWanted, first + 1) == isWanted.length;
    if (width == Byte.BYTES && isOnly && first <= Byte.MAX_VALUE) {
      equal(first, words);
    } else {
      lookUp(isWanted, words);
    }
    return new BitmapBackedSelection(BitSetUtil.bitmapOf(words));
  }

  private static int next(boolean[] isWanted, int from) {
    int code = from;
    while (code < isWanted.length && !isWanted[code]) {
      code++;
    }
    return code;
  }

  private void equal(int wanted, long[] words) {
    long pattern = LOWEST * wanted;
    long aboveLast = LOWEST * Math.max(0, Byte.MAX_VALUE + 1 - pool.size());
    long damaged = 0;
    int whole = rows >>> 6;
    for (int word = 0; word < whole; word++) {
      long found = 0;
      for (int group = 0; group < Long.SIZE; group += Byte.SIZE) {
        long eight = codes.get(Layouts.LONG, ((long) word << 6) + group);
        damaged |= eight | ((eight & ~HIGHEST) + aboveLast);
        long unlike = eight ^ pattern;
        long alike = ~(unlike | ((unlike & ~HIGHEST) + ~HIGHEST)) & HIGHEST;
        found |= (((alike >>> 7) * GATHER) >>> 56) << group;
      }
      words[word] = found;
    }
    if ((damaged & HIGHEST) != 0) {
      checkAll();
    }
    for (int row = whole << 6; row < rows; row++) {
      int code = codes.get(ValueLayout.JAVA_BYTE, row);
      pool.check(code);
      words[whole] |= code == wanted ? 1L << row : 0; // a shift counts modulo 64
    }
  }

  /** Names the code that is none. */
  private void checkAll() {
    for (int row = 0; row < rows; row++) {
      pool.check(codes.get(ValueLayout.JAVA_BYTE, row));
    }
  }

  private void lookUp(boolean[] isWanted, long[] words) {
    int[] block = new int[Math.min(BLOCK, rows)];
    for (int from = 0; from < rows; from += BLOCK) {
      int count = Math.min(BLOCK, rows - from);
      read(from, count, block);
      for (int i = 0; i < count; i += Long.SIZE) {
        words[(from + i) >>> 6] = found(isWanted, block, i, Math.min(count, i + Long.SIZE));
      }
    }
  }

  private long found(boolean[] isWanted, int[] block, int from, int to) {
    long found = 0;
    for (int i = from; i < to; i++) {
      int code = block[i];
      if (code < 0 || code >= isWanted.length) {
        pool.check(code);
      }
      found |= (isWanted[code] ? 1L : 0) << i; // no branch to predict
    }
    return found;
  }

  private void read(int from, int count, int[] block) {
    switch (width) {
      case Byte.BYTES -> {
        for (int i = 0; i < count; i++) {
          block[i] = codes.get(ValueLayout.JAVA_BYTE, from + i);
        }
      }
      case Short.BYTES -> {
        for (int i = 0; i < count; i++) {
          block[i] = codes.get(Layouts.SHORT, (from + i) * 2L);
        }
      }
      default -> MemorySegment.copy(codes, Layouts.INT, from * 4L, block, 0, count);
    }
  }
}
