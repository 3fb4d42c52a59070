package dev.trestle;

import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.InstantColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.ShortColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.api.TimeColumn;
import tech.tablesaw.columns.Column;

/** Compares tables cell by cell, missing values and the bits of NaN included. */
final class SameContent {
  private SameContent() {}

  /** Whether both have the same name, columns and cells; false also for types not known here. */
  static boolean of(Table a, Table b) {
    return Objects.equals(a.name(), b.name())
        && a.columnCount() == b.columnCount()
        && a.rowCount() == b.rowCount()
        && IntStream.range(0, a.columnCount()).allMatch(i -> of(a.column(i), b.column(i)));
  }

  private static boolean of(Column<?> a, Column<?> b) {
    return a.name().equals(b.name())
        && a.type().equals(b.type())
        && IntStream.range(0, a.size()).allMatch(cells(a, b));
  }

  private static IntPredicate cells(Column<?> a, Column<?> b) {
    return switch (a) {
      case DoubleColumn left when b instanceof DoubleColumn right ->
          i ->
              Double.doubleToRawLongBits(left.getDouble(i))
                  == Double.doubleToRawLongBits(right.getDouble(i));
      case FloatColumn left when b instanceof FloatColumn right ->
          i ->
              Float.floatToRawIntBits(left.getFloat(i))
                  == Float.floatToRawIntBits(right.getFloat(i));
      case LongColumn left when b instanceof LongColumn right ->
          i -> left.getLong(i) == right.getLong(i);
      case IntColumn left when b instanceof IntColumn right ->
          i -> left.getInt(i) == right.getInt(i);
      case ShortColumn left when b instanceof ShortColumn right ->
          i -> left.getShort(i) == right.getShort(i);
      case BooleanColumn left when b instanceof BooleanColumn right ->
          i -> left.getByte(i) == right.getByte(i);
      case DateColumn left when b instanceof DateColumn right ->
          i -> left.getIntInternal(i) == right.getIntInternal(i);
      case TimeColumn left when b instanceof TimeColumn right ->
          i -> left.getIntInternal(i) == right.getIntInternal(i);
      case DateTimeColumn left when b instanceof DateTimeColumn right ->
          i -> left.getLongInternal(i) == right.getLongInternal(i);
      case InstantColumn left when b instanceof InstantColumn right ->
          i -> left.getLongInternal(i) == right.getLongInternal(i);
      case StringColumn left when b instanceof StringColumn right ->
          i -> left.get(i).equals(right.get(i));
      default -> i -> false;
    };
  }
}
