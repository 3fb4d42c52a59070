package dev.trestle.column;

import dev.trestle.store.Layouts;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import tech.tablesaw.selection.BitmapBackedSelection;
import tech.tablesaw.selection.Selection;

/** Strings by code: codes of 1, 2 or 4 bytes in the mapping, strings in a {@link StringPool}. */
final class MappedDictionary extends ReadOnlyStrings {
  private static final int BLOCK = 4096; // rows

  private final MemorySegment codes;
  private final int codeWidth;
  private final StringPool pool;

  /** Known after the first key; a thread that sees it late asks again. */
  private boolean codesAreKeys;

  MappedDictionary(MemorySegment codes, int codeWidth, StringPool pool, int rows) {
    super(rows);
    this.codes = codes;
    this.codeWidth = codeWidth;
    this.pool = pool;
  }

  private int code(int row) {
    return switch (codeWidth) {
      case 1 -> codes.get(ValueLayout.JAVA_BYTE, row);
      case 2 -> codes.get(Layouts.SHORT, (long) row << 1);
      default -> codes.get(Layouts.INT, (long) row << 2);
    };
  }

  @Override
  public int getKeyForIndex(int row) {
    int code = code(row);
    if (!codesAreKeys) {
      return uncertainKey(code);
    }
    pool.check(code);
    return code;
  }

  private int uncertainKey(int code) {
    int key = pool.canonical(code);
    codesAreKeys = pool.isDistinct();
    return key;
  }

  /** By code, not by key: a string that the dictionary holds twice has two. */
  @Override
  public Selection selectIsIn(Collection<String> strings) {
    var wanted = new ArrayList<String>();
    for (String string : strings) {
      if (string != null) {
        wanted.add(string);
      }
    }
    boolean[] isWanted = pool.which(wanted);
    var rows = new RoaringBitmap();
    int[] block = new int[Math.min(BLOCK, size())];
    int[] found = new int[block.length];
    for (int from = 0; from < size(); from += BLOCK) {
      int count = Math.min(BLOCK, size() - from);
      read(from, count, block);
      int wants = 0;
      for (int i = 0; i < count; i++) {
        int code = block[i];
        pool.check(code);
        found[wants] = from + i;
        wants += isWanted[code] ? 1 : 0; // no branch to predict
      }
      rows.addN(found, 0, wants);
    }
    return new BitmapBackedSelection(rows);
  }

  private void read(int from, int count, int[] block) {
    switch (codeWidth) {
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

  @Override
  public String getValueForIndex(int row) {
    return pool.get(code(row));
  }

  @Override
  public String getValueForKey(int key) {
    return pool.get(key);
  }

  @Override
  public boolean isMissing(int row) {
    return pool.isEmpty(code(row));
  }

  @Override
  int codes() {
    return pool.size();
  }

  @Override
  int codeOf(@Nullable String value) {
    return value == null ? NO_CODE : pool.indexOf(value, 0);
  }
}
