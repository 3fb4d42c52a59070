package dev.trestle.column;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.floats.FloatArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.shorts.ShortArrayList;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.InstantColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.ShortColumn;
import tech.tablesaw.api.TimeColumn;

/**
 * The lists in which Tablesaw's columns keep their values: to be read in bulk, which the columns
 * themselves only offer as a copy of everything.
 */
final class ColumnLists {
  private static final VarHandle SHORTS = data(ShortColumn.class, ShortArrayList.class);
  private static final VarHandle INTS = data(IntColumn.class, IntArrayList.class);
  private static final VarHandle LONGS = data(LongColumn.class, LongArrayList.class);
  private static final VarHandle FLOATS = data(FloatColumn.class, FloatArrayList.class);
  private static final VarHandle DOUBLES = data(DoubleColumn.class, DoubleArrayList.class);
  private static final VarHandle DATES = data(DateColumn.class, IntArrayList.class);
  private static final VarHandle TIMES = data(TimeColumn.class, IntArrayList.class);
  private static final VarHandle DATE_TIMES = data(DateTimeColumn.class, LongArrayList.class);
  private static final VarHandle INSTANTS = data(InstantColumn.class, LongArrayList.class);

  private ColumnLists() {}

  static ShortArrayList of(ShortColumn column) {
    return (ShortArrayList) SHORTS.get(column);
  }

  static IntArrayList of(IntColumn column) {
    return (IntArrayList) INTS.get(column);
  }

  static LongArrayList of(LongColumn column) {
    return (LongArrayList) LONGS.get(column);
  }

  static FloatArrayList of(FloatColumn column) {
    return (FloatArrayList) FLOATS.get(column);
  }

  static DoubleArrayList of(DoubleColumn column) {
    return (DoubleArrayList) DOUBLES.get(column);
  }

  static IntArrayList of(DateColumn column) {
    return (IntArrayList) DATES.get(column);
  }

  static IntArrayList of(TimeColumn column) {
    return (IntArrayList) TIMES.get(column);
  }

  static LongArrayList of(DateTimeColumn column) {
    return (LongArrayList) DATE_TIMES.get(column);
  }

  static LongArrayList of(InstantColumn column) {
    return (LongArrayList) INSTANTS.get(column);
  }

  private static VarHandle data(Class<?> column, Class<?> list) {
    try {
      return MethodHandles.privateLookupIn(column, MethodHandles.lookup())
          .findVarHandle(column, "data", list);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "this Tablesaw's " + column.getSimpleName() + " keeps no values in a " + list, e);
    }
  }
}
