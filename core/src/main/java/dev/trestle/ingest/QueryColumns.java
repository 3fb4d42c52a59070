package dev.trestle.ingest;

import dev.trestle.store.ColumnKind;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What each SQL type is read as.
 *
 * <p>Times are cut to milliseconds, as Tablesaw holds them. Decimals are integers where they have
 * no fraction and at most 18 digits, else doubles.
 */
final class QueryColumns {
  private static final long NANOS_A_MILLI = 1_000_000L;
  private static final int SHORT_DIGITS = 4;
  private static final int INT_DIGITS = 9;
  private static final int LONG_DIGITS = 18;

  private final ResultSetMetaData described;

  private QueryColumns(ResultSetMetaData described) {
    this.described = described;
  }

  /**
   * The columns of a query. Those without a label are called C0, C1... by their place, and a label
   * that comes again gets a number.
   *
   * @throws QueryException if a column is of a type that Tablesaw has no column for
   */
  static List<QueryColumn> of(ResultSetMetaData described) throws SQLException {
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < described.getColumnCount(); i++) {
      String label = described.getColumnLabel(i + 1);
      labels.add(label == null || label.isBlank() ? ColumnNames.unnamed(i) : label);
    }
    List<String> names = ColumnNames.unique(labels);
    QueryColumns types = new QueryColumns(described);
    List<QueryColumn> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      columns.add(types.column(names.get(i), i + 1));
    }
    return columns;
  }

  private QueryColumn column(String name, int i) throws SQLException {
    int type = described.getColumnType(i);
    boolean signed = described.isSigned(i);
    return switch (type) {
      case Types.BOOLEAN -> booleans(name, i);
      case Types.BIT -> described.getPrecision(i) > 1 ? text(name, i) : booleans(name, i);
      case Types.TINYINT -> shorts(name, i);
      case Types.SMALLINT -> signed ? shorts(name, i) : ints(name, i);
      case Types.INTEGER -> signed ? ints(name, i) : longs(name, i);
      case Types.BIGINT -> signed ? longs(name, i) : doubles(name, i);
      case Types.DECIMAL, Types.NUMERIC -> decimals(name, i);
      case Types.REAL -> floats(name, i);
      case Types.FLOAT -> isSingle(i) ? floats(name, i) : doubles(name, i);
      case Types.DOUBLE -> doubles(name, i);
      case Types.DATE ->
          QueryColumn.fixed(name, ColumnKind.DATE, rows -> epochDay(name, date(rows, i)));
      case Types.TIME -> QueryColumn.fixed(name, ColumnKind.TIME, rows -> milliOfDay(rows, i));
      case Types.TIMESTAMP ->
          QueryColumn.fixed(
              name, ColumnKind.DATE_TIME, rows -> epochMilli(name, dateTime(rows, i)));
      case Types.TIMESTAMP_WITH_TIMEZONE ->
          QueryColumn.fixed(name, ColumnKind.INSTANT, rows -> epochMilli(name, utc(rows, i)));
      case Types.CHAR,
          Types.VARCHAR,
          Types.LONGVARCHAR,
          Types.NCHAR,
          Types.NVARCHAR,
          Types.LONGNVARCHAR,
          Types.CLOB,
          Types.NCLOB,
          Types.SQLXML,
          Types.ROWID,
          Types.NULL,
          Types.TIME_WITH_TIMEZONE ->
          text(name, i);
      default -> {
        if (isWrittenOut(described.getColumnTypeName(i))) {
          yield text(name, i);
        }
        throw new QueryException(
            "column '%s' is of SQL type %s, for which Tablesaw has no column; leave it out of the query, or CAST it to VARCHAR"
                .formatted(name, described.getColumnTypeName(i)),
            null);
      }
    };
  }

  /** FLOAT is 53 bits in the standard, and 24 in some databases. */
  private boolean isSingle(int i) throws SQLException {
    return Float.class.getName().equals(described.getColumnClassName(i));
  }

  /** Types without a number in JDBC whose strings are what people know them by. */
  private static boolean isWrittenOut(@Nullable String type) {
    return type != null
        && switch (type.toUpperCase(Locale.ROOT)) {
          case "UUID", "JSON", "JSONB", "CITEXT", "INET" -> true;
          default -> type.toUpperCase(Locale.ROOT).startsWith("ENUM");
        };
  }

  private static QueryColumn text(String name, int i) {
    return QueryColumn.strings(name, i);
  }

  private static QueryColumn booleans(String name, int i) {
    return QueryColumn.fixed(name, ColumnKind.BOOLEAN, rows -> rows.getBoolean(i) ? 1 : 0);
  }

  private static QueryColumn shorts(String name, int i) {
    return QueryColumn.fixed(name, ColumnKind.SHORT, rows -> rows.getShort(i));
  }

  private static QueryColumn ints(String name, int i) {
    return QueryColumn.fixed(name, ColumnKind.INT, rows -> rows.getInt(i));
  }

  private static QueryColumn longs(String name, int i) {
    return QueryColumn.fixed(name, ColumnKind.LONG, rows -> rows.getLong(i));
  }

  private static QueryColumn floats(String name, int i) {
    return QueryColumn.fixed(
        name, ColumnKind.FLOAT, rows -> Float.floatToIntBits(rows.getFloat(i)));
  }

  private static QueryColumn doubles(String name, int i) {
    return QueryColumn.fixed(
        name, ColumnKind.DOUBLE, rows -> Double.doubleToLongBits(rows.getDouble(i)));
  }

  /** Without a precision, as Oracle's NUMBER, it may be any number. */
  private QueryColumn decimals(String name, int i) throws SQLException {
    int digits = described.getPrecision(i);
    if (described.getScale(i) != 0 || digits <= 0 || digits > LONG_DIGITS) {
      return doubles(name, i);
    }
    return digits <= SHORT_DIGITS
        ? shorts(name, i)
        : digits <= INT_DIGITS ? ints(name, i) : longs(name, i);
  }

  private static @Nullable LocalDate date(ResultSet rows, int i) throws SQLException {
    try {
      return rows.getObject(i, LocalDate.class);
    } catch (SQLFeatureNotSupportedException before42) {
      java.sql.Date date = rows.getDate(i);
      return date == null ? null : date.toLocalDate();
    }
  }

  private static long milliOfDay(ResultSet rows, int i) throws SQLException {
    LocalTime time;
    try {
      time = rows.getObject(i, LocalTime.class);
    } catch (SQLFeatureNotSupportedException before42) {
      java.sql.Time old = rows.getTime(i);
      time = old == null ? null : old.toLocalTime();
    }
    return time == null ? 0 : time.toNanoOfDay() / NANOS_A_MILLI;
  }

  private static @Nullable LocalDateTime dateTime(ResultSet rows, int i) throws SQLException {
    try {
      return rows.getObject(i, LocalDateTime.class);
    } catch (SQLFeatureNotSupportedException before42) {
      java.sql.Timestamp time = rows.getTimestamp(i);
      return time == null ? null : time.toLocalDateTime();
    }
  }

  private static @Nullable LocalDateTime utc(ResultSet rows, int i) throws SQLException {
    OffsetDateTime time = rows.getObject(i, OffsetDateTime.class);
    return time == null ? null : time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
  }

  private static long epochDay(String name, @Nullable LocalDate date) {
    return date == null ? 0 : inRange(name, date).toEpochDay();
  }

  private static long epochMilli(String name, @Nullable LocalDateTime time) {
    if (time == null) {
      return 0;
    }
    inRange(name, time.toLocalDate());
    return time.toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  /** Some databases know the day "infinity". */
  private static LocalDate inRange(String name, LocalDate date) {
    if (!DayRange.holds(date.toEpochDay())) {
      throw new QueryException(
          "column '%s' holds the day %s; Tablesaw's dates end with the years %d and %d"
              .formatted(name, date, Short.MIN_VALUE, Short.MAX_VALUE),
          null);
    }
    return date;
  }
}
