package dev.trestle;

import dev.trestle.column.RowBytes;
import dev.trestle.worker.Question;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * A Tablesaw table that is kept in one process, its owner, and read from others by the cell, by the
 * row and by the slice; see {@link Workers#serveTable(Table)}.
 *
 * <p>For a table that changes while others read it. One that does not is read faster, and by all at
 * the same time, as a {@link SharedTable}.
 */
public final class ServedTable extends Served<Table> {
  ServedTable(Desk desk) {
    super(desk);
  }

  /** How many rows it has now. */
  public int rowCount() {
    return (Integer) Objects.requireNonNull(ask(Fixed.ROW_COUNT));
  }

  /** The names of its columns, in order. */
  public List<String> columnNames() {
    Object[] names = (Object[]) Objects.requireNonNull(ask(Fixed.COLUMN_NAMES));
    return List.of(names).stream().map(Object::toString).toList();
  }

  /**
   * One value, as {@link Column#get} gives it.
   *
   * @param row counted from 0
   * @return null if it is missing
   * @throws dev.trestle.worker.TaskFailedException if there is no such row or column; else as
   *     {@link #ask(Task)}
   */
  public @Nullable Object cell(int row, String column) {
    return ask(Fixed.CELL, row, column);
  }

  /**
   * One row: its values by the names of the columns, in their order; null where one is missing.
   *
   * @param row counted from 0
   */
  public Map<String, @Nullable Object> row(int row) {
    @Nullable Object[] cells = (Object[]) Objects.requireNonNull(ask(Fixed.ROW, row));
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < cells.length; i += 2) {
      values.put((String) Objects.requireNonNull(cells[i]), cells[i + 1]);
    }
    return Collections.unmodifiableMap(values);
  }

  /**
   * A copy of some rows. Up to 16 MiB they come in the answer, and the copy may be changed; more
   * come through shared memory, which is read-only.
   *
   * @param from the first of them, counted from 0
   * @param to the first that is not among them
   * @throws dev.trestle.worker.TaskFailedException if there are no such rows; else as {@link
   *     #ask(Task)}
   */
  public Table slice(int from, int to) {
    byte[] rows = (byte[]) ask(Fixed.SLICE, from, to);
    return rows == null ? ask(table -> table.inRange(from, to)) : RowBytes.table(rows);
  }

  /** Questions that hold nothing, so that they are sent once; numbers and names go beside them. */
  private enum Fixed implements Question<Table> {
    ROW_COUNT {
      @Override
      public Object answer(Table table, @Nullable Object[] arguments) {
        return table.rowCount();
      }
    },
    COLUMN_NAMES {
      @Override
      public Object answer(Table table, @Nullable Object[] arguments) {
        return table.columnNames().toArray();
      }
    },
    CELL {
      @Override
      public @Nullable Object answer(Table table, @Nullable Object[] arguments) {
        return value(table.column(text(arguments[1])), number(arguments[0]));
      }
    },
    ROW {
      @Override
      public Object answer(Table table, @Nullable Object[] arguments) {
        int row = number(arguments[0]);
        @Nullable Object[] cells = new @Nullable Object[2 * table.columnCount()];
        for (int i = 0; i < table.columnCount(); i++) {
          cells[2 * i] = table.column(i).name();
          cells[2 * i + 1] = value(table.column(i), row);
        }
        return cells;
      }
    },
    SLICE {
      @Override
      public byte @Nullable [] answer(Table table, @Nullable Object[] arguments) {
        return RowBytes.of(table, number(arguments[0]), number(arguments[1]));
      }
    };

    @Override
    public boolean isConstant() {
      return true;
    }

    private static int number(@Nullable Object argument) {
      return (Integer) Objects.requireNonNull(argument);
    }

    private static String text(@Nullable Object argument) {
      return (String) Objects.requireNonNull(argument);
    }

    private static @Nullable Object value(Column<?> column, int row) {
      return column.isMissing(row) ? null : column.get(row);
    }
  }
}
