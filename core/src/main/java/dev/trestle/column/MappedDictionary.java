package dev.trestle.column;

import dev.trestle.store.Layouts;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/** Strings by code: codes of 1, 2 or 4 bytes in the mapping, strings in a {@link StringPool}. */
final class MappedDictionary extends ReadOnlyStrings {
  private final MemorySegment codes;
  private final int codeWidth;
  private final StringPool pool;

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
    return pool.canonical(code(row));
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
