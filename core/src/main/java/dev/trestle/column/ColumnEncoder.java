package dev.trestle.column;

import dev.trestle.store.Bytes;
import dev.trestle.store.ColumnKind;
import dev.trestle.store.ColumnPayload;
import dev.trestle.store.StoreException;
import dev.trestle.store.TableContent;
import java.util.List;
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
import tech.tablesaw.columns.booleans.BooleanColumnType;

/**
 * Tablesaw columns as payloads for the store.
 *
 * <p>Values are read from the columns while the store writes, a chunk at a time: no second copy of
 * a column ever stands on the heap. The columns must not change until then.
 */
public final class ColumnEncoder {
  private ColumnEncoder() {}

  /**
   * A whole table.
   *
   * @throws StoreException if a column is of a type that the store does not know
   */
  public static TableContent content(Table table) {
    return TableContent.of(
        table.rowCount(),
        table.columns().stream().<ColumnPayload>map(ColumnEncoder::payload).toList());
  }

  private static ColumnPayload payload(Column<?> column) {
    return switch (column) {
      case ShortColumn c -> fixed(c, ColumnKind.SHORT, (out, row) -> out.putShort(c.getShort(row)));
      case IntColumn c -> fixed(c, ColumnKind.INT, (out, row) -> out.putInt(c.getInt(row)));
      case LongColumn c -> fixed(c, ColumnKind.LONG, (out, row) -> out.putLong(c.getLong(row)));
      case FloatColumn c -> fixed(c, ColumnKind.FLOAT, (out, row) -> out.putFloat(c.getFloat(row)));
      case DoubleColumn c ->
          fixed(c, ColumnKind.DOUBLE, (out, row) -> out.putDouble(c.getDouble(row)));
      case DateColumn c ->
          fixed(
              c, ColumnKind.DATE, (out, row) -> out.putInt(Packed.epochDay(c.getIntInternal(row))));
      case TimeColumn c ->
          fixed(
              c,
              ColumnKind.TIME,
              (out, row) -> out.putInt(Packed.millisOfDay(c.getIntInternal(row))));
      case DateTimeColumn c ->
          fixed(
              c,
              ColumnKind.DATE_TIME,
              (out, row) -> out.putLong(Packed.epochMillis(c.getLongInternal(row))));
      case InstantColumn c ->
          fixed(
              c,
              ColumnKind.INSTANT,
              (out, row) -> out.putLong(Packed.epochMillis(c.getLongInternal(row))));
      case BooleanColumn c ->
          values(
              c,
              ColumnKind.BOOLEAN,
              new BitBytes(c.size(), row -> c.getByte(row) == BooleanColumnType.BYTE_TRUE));
      case StringColumn c -> StringEncoder.payload(c);
      default ->
          throw new StoreException(
              "column '%s' is of type %s, which cannot be shared; leave it out with"
                      .formatted(column.name(), column.type())
                  + " table.rejectColumns(...)");
    };
  }

  private static ColumnPayload fixed(Column<?> column, ColumnKind kind, RowBytes.RowWriter writer) {
    return values(column, kind, new RowBytes(column.size(), kind.width(), writer));
  }

  private static ColumnPayload values(Column<?> column, ColumnKind kind, Bytes values) {
    long missing = column.countMissing();
    return new ColumnPayload(
        column.name(), kind, missing, List.of(validity(column, missing), values), null);
  }

  /** The bitmap that every other Arrow reader goes by. */
  static Bytes validity(Column<?> column, long missing) {
    return missing == 0 ? Bytes.NONE : new BitBytes(column.size(), row -> !column.isMissing(row));
  }
}
