package dev.trestle.column;

import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.ShortColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import tech.tablesaw.columns.numbers.IntColumnType;
import tech.tablesaw.columns.numbers.LongColumnType;
import tech.tablesaw.columns.numbers.ShortColumnType;

/** The cells of one column as they stand in a delimited file. Safe for use by several threads. */
interface CellText {
  /** What the formatted dictionaries of a table may take on the heap, in bytes. */
  int MOST = 16 << 20;

  /** Adds the cell of a row, the separator before it included. */
  void append(int row, TextBlock block);

  /** The columns of a table. */
  static List<CellText> of(Table table, char separator) {
    List<CellText> columns = new ArrayList<>();
    for (Column<?> column : table.columns()) {
      columns.add(of(column, columns.isEmpty(), separator, MOST / table.columnCount()));
    }
    return columns;
  }

  private static CellText of(Column<?> column, boolean isFirst, char separator, int room) {
    return switch (column) {
      case StringColumn strings -> {
        CellText dictionary = DictionaryText.of(strings, isFirst, separator, room);
        yield dictionary != null
            ? dictionary
            : (row, block) -> block.cell(strings.get(row), isFirst);
      }
      case ShortColumn shorts ->
          (row, block) -> {
            short value = shorts.getShort(row);
            number(value, ShortColumnType.valueIsMissing(value), block, isFirst);
          };
      case IntColumn ints ->
          (row, block) -> {
            int value = ints.getInt(row);
            number(value, IntColumnType.valueIsMissing(value), block, isFirst);
          };
      case LongColumn longs ->
          (row, block) -> {
            long value = longs.getLong(row);
            number(value, LongColumnType.valueIsMissing(value), block, isFirst);
          };
      default -> (row, block) -> block.cell(column.getUnformattedString(row), isFirst);
    };
  }

  private static void number(long value, boolean isMissing, TextBlock block, boolean isFirst) {
    if (isMissing) {
      block.cell("", isFirst);
    } else {
      block.cell(value, isFirst);
    }
  }
}
