package dev.trestle.column;

import dev.trestle.store.Layouts;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.selection.Selection;

/** Strings by code: codes of 1, 2 or 4 bytes in the mapping, strings in a {@link StringPool}. */
final class MappedDictionary extends ReadOnlyStrings {
  private final MemorySegment codes;
  private final int codeWidth;
  private final StringPool pool;

  /** Whether codes are keys as they are. A thread that sees it late asks again. */
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

  /**
   * Not compared with the dictionary once that is known to hold no string twice: in a loop over the
   * rows this comparison took half of the time. The codes of foreign files were checked when they
   * were opened; for a damaged one of ours there is no string, as whoever asks for it is told, and
   * {@link #getKeyAtIndex} tells it at once.
   */
  @Override
  public int getKeyForIndex(int row) {
    int code = code(row);
    return codesAreKeys ? code : key(code);
  }

  @Override
  public int getKeyAtIndex(int row) {
    int key = getKeyForIndex(row);
    pool.check(key);
    return key;
  }

  private int key(int code) {
    int key = pool.canonical(code);
    codesAreKeys = pool.isDistinct();
    return key;
  }

  /** By code, not by key: a string that the dictionary holds twice has two. */
  @Override
  public Selection selectIsIn(Collection<String> strings) {
    var wanted = new ArrayList<String>();
    for (String string : strings) { // a column of another type fails here, as on the heap
      if (string != null) {
        wanted.add(string);
      }
    }
    return new CodeSearch(codes, codeWidth, size(), pool).rowsOf(wanted);
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
  long stored() {
    return pool.size();
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
