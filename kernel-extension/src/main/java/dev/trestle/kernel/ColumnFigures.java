package dev.trestle.kernel;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.columns.Column;

/**
 * A column in figures.
 *
 * @param missing how many values are missing
 * @param distinct how many different values it has, missing ones left out; no more than {@value
 *     #MOST_DISTINCT} are counted
 * @param heapBytes about what a copy takes on the heap, in bytes
 */
record ColumnFigures(String type, String missing, long distinct, long heapBytes) {
  static final int MOST_DISTINCT = 100_000;

  /** A string of Tablesaw's: the object, its array's head, and entries in three hash tables. */
  private static final long STRING = 24 + 16 + 3 * 24;

  private static final int LOOKED_AT = 1000;

  /**
   * Looks through the column.
   *
   * @param dictionary how many strings its dictionary has, if it has one
   */
  static ColumnFigures of(Column<?> column, OptionalLong dictionary) {
    int missing = column.countMissing();
    long distinct =
        dictionary.isPresent()
            ? Math.max(0, dictionary.getAsLong() - (missing > 0 ? 1 : 0)) // one is ""
            : distinct(column);
    return new ColumnFigures(
        column.type().name(),
        missing == 0 ? "0" : String.format(Locale.ROOT, "%,d", missing),
        distinct,
        heapBytes(column, distinct));
  }

  String distinctText() {
    return (distinct > MOST_DISTINCT ? "over " : "")
        + String.format(Locale.ROOT, "%,d", distinct > MOST_DISTINCT ? MOST_DISTINCT : distinct);
  }

  private static long distinct(Column<?> column) {
    return switch (column) {
      case DoubleColumn c -> distinct(c, i -> Double.doubleToLongBits(c.getDouble(i)));
      case FloatColumn c -> distinct(c, i -> Float.floatToIntBits(c.getFloat(i)));
      case IntColumn c -> distinct(c, c::getInt);
      case LongColumn c -> distinct(c, c::getLong);
      default -> {
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < column.size() && seen.size() <= MOST_DISTINCT; i++) {
          if (!column.isMissing(i)) {
            seen.add(column.get(i));
          }
        }
        yield seen.size();
      }
    };
  }

  private interface Bits {
    long of(int row);
  }

  private static long distinct(Column<?> column, Bits bits) {
    LongOpenHashSet seen = new LongOpenHashSet();
    for (int i = 0; i < column.size() && seen.size() <= MOST_DISTINCT; i++) {
      if (!column.isMissing(i)) {
        seen.add(bits.of(i));
      }
    }
    return seen.size();
  }

  private static long heapBytes(Column<?> column, long distinct) {
    long rows = column.size();
    ColumnType type = column.type();
    if (!type.equals(ColumnType.STRING)) {
      return rows * type.byteSize();
    }
    long each = STRING + averageLength(column);
    int code = distinct <= 0xff ? 1 : distinct <= 0xffff ? 2 : 4; // as Tablesaw's dictionaries
    // Past what was counted each row may have a string of its own.
    return rows * code + (distinct > MOST_DISTINCT ? Math.max(distinct, rows) : distinct) * each;
  }

  private static long averageLength(Column<?> column) {
    int looked = Math.min(column.size(), LOOKED_AT);
    long length = 0;
    for (int i = 0; i < looked; i++) {
      length += column.getUnformattedString((int) ((long) column.size() * i / looked)).length();
    }
    return looked == 0 ? 0 : length / looked;
  }
}
