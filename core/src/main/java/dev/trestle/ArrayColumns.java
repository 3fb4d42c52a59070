package dev.trestle;

import dev.trestle.array.Elements;
import dev.trestle.array.JavaArrays;
import java.lang.foreign.MemorySegment;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.ShortColumn;
import tech.tablesaw.columns.Column;

/** Between shared arrays and Tablesaw columns, by copy. */
final class ArrayColumns {
  private ArrayColumns() {}

  /** See {@link SharedArray#copyFrom(NumericColumn)}. */
  static void copy(NumericColumn<?> column, Elements to) {
    if (column.size() != to.size()) {
      throw new IllegalArgumentException(
          "column '%s' has %,d rows and array '%s' has %,d elements"
              .formatted(column.name(), column.size(), to.name(), to.size()));
    }
    if (to.type().isFloating()) {
      for (int row = 0; row < column.size(); row++) {
        to.setDouble(row, column.getDouble(row));
      }
      return;
    }
    for (int row = 0; row < column.size(); row++) {
      to.setLong(row, whole(column, row, to));
    }
  }

  private static long whole(NumericColumn<?> column, int row, Elements to) {
    if (column.isMissing(row)) {
      throw new IllegalArgumentException(
          "column '%s' has a missing value in row %,d, and array '%s' of %s can hold none; use double"
              .formatted(column.name(), row, to.name(), to.type()));
    }
    if (column instanceof LongColumn longs) {
      return longs.getLong(row); // a double would round it
    }
    double value = column.getDouble(row);
    if (value != Math.rint(value) || Math.abs(value) > 0x1p53) {
      throw new IllegalArgumentException(
          "column '%s' has %s in row %,d, and array '%s' holds %s; use double"
              .formatted(column.name(), value, row, to.name(), to.type()));
    }
    return (long) value;
  }

  /** See {@link SharedArray#toColumn}. */
  static Column<?> column(String name, Elements from) {
    int count = count(from);
    return switch (from.type()) {
      case DOUBLE -> DoubleColumn.create(name, filled(from, new double[count]));
      case FLOAT -> FloatColumn.create(name, filled(from, new float[count]));
      case LONG -> LongColumn.create(name, filled(from, new long[count]));
      case INT -> IntColumn.create(name, filled(from, new int[count]));
      case SHORT -> ShortColumn.create(name, filled(from, new short[count]));
      case BYTE, UNSIGNED_BYTE -> {
        short[] values = new short[count];
        for (int i = 0; i < count; i++) {
          values[i] = (short) from.getLong(i);
        }
        yield ShortColumn.create(name, values);
      }
      case BOOLEAN -> BooleanColumn.create(name, filled(from, new boolean[count]));
    };
  }

  private static <T> T filled(Elements from, T values) {
    JavaArrays.write(
        values,
        (row, offset) -> MemorySegment.copy(from.segment(), offset, row, 0, row.byteSize()));
    return values;
  }

  /** How many elements, if a Java array holds so many. */
  static int count(Elements elements) {
    if (elements.size() > Integer.MAX_VALUE - 8) { // see jdk.internal.util.ArraysSupport
      throw new IllegalArgumentException(
          "array '%s' has %,d elements, more than a Java array holds; take a slice"
              .formatted(elements.name(), elements.size()));
    }
    return (int) elements.size();
  }
}
