package dev.trestle;

import dev.trestle.column.Groups;
import java.util.List;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.columns.Column;

/** One column that is equal in two rows where several columns are. */
final class CombinedKey {
  private CombinedKey() {}

  /** The column itself if there is only one; else numbers. */
  static Column<?> of(List<Column<?>> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("grouping takes at least one column");
    }
    Column<?> combined = keys.getFirst();
    for (Column<?> key : keys.subList(1, keys.size())) {
      combined = pairs(numbers(combined), numbers(key));
    }
    return combined;
  }

  /** The number of each row's group. */
  private static int[] numbers(Column<?> key) {
    var groups = new Groups(key);
    IntColumn rows = groups.rows();
    int[] numbers = new int[key.size()];
    for (int number = 0; number < groups.list().size(); number++) {
      Groups.Group group = groups.list().get(number);
      for (int i = 0; i < group.count(); i++) {
        int row = rows.isEmpty() ? group.first() + i : rows.getInt(group.start() + i);
        numbers[row] = number;
      }
    }
    return numbers;
  }

  private static LongColumn pairs(int[] high, int[] low) {
    long[] pairs = new long[high.length];
    for (int row = 0; row < pairs.length; row++) {
      pairs[row] = (long) high[row] << Integer.SIZE | low[row];
    }
    return LongColumn.create("key", pairs);
  }
}
