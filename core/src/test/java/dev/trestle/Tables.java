package dev.trestle;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
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

/** Tables for tests: every column type, missing values in each. */
public final class Tables {
  private Tables() {}

  /** The same table for the same seed; about one value in seven is missing. */
  public static Table everyType(int rows, long seed) {
    var random = new Random(seed);
    var shorts = ShortColumn.create("short");
    var ints = IntColumn.create("int");
    var longs = LongColumn.create("long");
    var floats = FloatColumn.create("float");
    var doubles = DoubleColumn.create("double");
    var booleans = BooleanColumn.create("boolean");
    var strings = StringColumn.create("string");
    var texts = StringColumn.create("text");
    var dates = DateColumn.create("date");
    var times = TimeColumn.create("time");
    var dateTimes = DateTimeColumn.create("date-time");
    var instants = InstantColumn.create("instant");
    var table =
        Table.create(
            "everything",
            shorts,
            ints,
            longs,
            floats,
            doubles,
            booleans,
            strings,
            texts,
            dates,
            times,
            dateTimes,
            instants);
    for (int row = 0; row < rows; row++) {
      for (var column : table.columns()) {
        boolean missing = random.nextInt(7) == 0;
        if (missing) {
          column.appendMissing();
        } else {
          append(column, random, row);
        }
      }
    }
    return table;
  }

  private static void append(tech.tablesaw.columns.Column<?> column, Random random, int row) {
    switch (column) {
      case ShortColumn c -> c.append((short) random.nextInt(-3000, 3000));
      case IntColumn c -> c.append(random.nextInt());
      case LongColumn c -> c.append(random.nextLong());
      case FloatColumn c -> c.append(random.nextFloat());
      case DoubleColumn c -> c.append(random.nextGaussian());
      case BooleanColumn c -> c.append(random.nextBoolean());
      case StringColumn c ->
          c.append(
              c.name().equals("text")
                  ? "row " + row + " \u00e4\u20ac\ud83d\ude00"
                  : "word" + random.nextInt(5));
      case DateColumn c -> c.append(LocalDate.ofEpochDay(random.nextInt(-200_000, 200_000)));
      case TimeColumn c -> c.append(LocalTime.ofNanoOfDay(random.nextInt(86_400_000) * 1_000_000L));
      case DateTimeColumn c ->
          c.append(
              LocalDateTime.of(1850, 1, 1, 0, 0)
                  .plusNanos(random.nextLong(1L << 62) / 1_000_000 * 1_000_000));
      case InstantColumn c -> c.append(Instant.ofEpochMilli(random.nextLong(-1L << 42, 1L << 42)));
      default -> throw new IllegalArgumentException(column.type().name());
    }
  }
}
