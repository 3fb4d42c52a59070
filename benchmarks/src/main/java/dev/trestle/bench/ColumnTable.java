package dev.trestle.bench;

import java.util.Random;
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
import tech.tablesaw.columns.dates.PackedLocalDate;
import tech.tablesaw.columns.datetimes.PackedLocalDateTime;
import tech.tablesaw.columns.times.PackedLocalTime;

/** A heap table of every column type; about one value in fifty is missing. */
final class ColumnTable {
  private ColumnTable() {}

  static Table everyType(int rows) {
    var random = new Random(42);
    var shorts = ShortColumn.create("short");
    var ints = IntColumn.create("int");
    var longs = LongColumn.create("long");
    var floats = FloatColumn.create("float");
    var doubles = DoubleColumn.create("double");
    var booleans = BooleanColumn.create("boolean");
    var few = StringColumn.create("few");
    var many = StringColumn.create("many");
    var dates = DateColumn.create("date");
    var times = TimeColumn.create("time");
    var dateTimes = DateTimeColumn.create("date-time");
    var instants = InstantColumn.create("instant");
    Table table =
        Table.create(
            "columns", shorts, ints, longs, floats, doubles, booleans, few, many, dates, times,
            dateTimes, instants);
    for (int row = 0; row < rows; row++) {
      int value = random.nextInt(1_000_000);
      if (value % 50 == 0) {
        table.columns().forEach(column -> column.appendMissing());
        continue;
      }
      shorts.append((short) (value % 1000));
      ints.append(value);
      longs.append((long) value << 20);
      floats.append(value / 1000f);
      doubles.append(random.nextDouble());
      booleans.append(value % 3 == 0);
      few.append("word" + value % 30);
      many.append("key" + value % 5_000);
      int date = PackedLocalDate.pack(2000 + value % 20, 1 + value % 12, 1 + value % 28);
      int time = PackedLocalTime.of(value % 24, value % 60, value % 59);
      dates.appendInternal(date);
      times.appendInternal(time);
      dateTimes.appendInternal(PackedLocalDateTime.create(date, time));
      instants.appendInternal(PackedLocalDateTime.create(date, time));
    }
    return table;
  }
}
