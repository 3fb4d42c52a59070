package dev.trestle.column;

import dev.trestle.store.Chunk;
import dev.trestle.store.ColumnKind;
import dev.trestle.store.Layouts;
import dev.trestle.store.MappedTable;
import dev.trestle.store.StoreException;
import dev.trestle.store.StoredColumn;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.floats.FloatArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.shorts.ShortArrayList;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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
import tech.tablesaw.api.TimeColumn;
import tech.tablesaw.columns.Column;

/**
 * Tablesaw's own column classes, reading a mapped table.
 *
 * <p>The exact classes, not subclasses: Tablesaw compares {@code getClass()} in joins. Their list
 * constructors are not public, so they are reached through a private lookup.
 */
public final class MappedColumns {
  static {
    TableReaders.register();
  }

  private static final MethodHandle SHORTS = constructor(ShortColumn.class, ShortArrayList.class);
  private static final MethodHandle INTS = constructor(IntColumn.class, IntArrayList.class);
  private static final MethodHandle LONGS = constructor(LongColumn.class, LongArrayList.class);
  private static final MethodHandle FLOATS = constructor(FloatColumn.class, FloatArrayList.class);
  private static final MethodHandle DOUBLES =
      constructor(DoubleColumn.class, DoubleArrayList.class);
  private static final MethodHandle DATES = constructor(DateColumn.class, IntArrayList.class);
  private static final MethodHandle TIMES = constructor(TimeColumn.class, IntArrayList.class);
  private static final MethodHandle DATE_TIMES =
      constructor(DateTimeColumn.class, LongArrayList.class);
  private static final MethodHandle INSTANTS =
      constructor(InstantColumn.class, LongArrayList.class);

  private final List<StoredColumn> columns;
  private final long rows;

  /** By column, for those of strings: all views of a table share them. */
  private final @Nullable ColumnStrings[] strings;

  /** The columns of a mapped table. */
  public MappedColumns(MappedTable table) {
    this(table.columns(), table.rows());
  }

  MappedColumns(List<StoredColumn> columns, long rows) {
    this.columns = columns;
    this.rows = rows;
    this.strings = new ColumnStrings[columns.size()];
    for (int i = 0; i < strings.length; i++) {
      if (columns.get(i).kind() == ColumnKind.STRING || columns.get(i).kind() == ColumnKind.TEXT) {
        strings[i] = new ColumnStrings(columns.get(i));
      }
    }
  }

  /**
   * All columns for a range of the rows: new ones at each call. Safe for use by several threads.
   *
   * @param from the first row
   * @param rows how many rows; a Tablesaw column counts in ints
   * @throws StoreException if the range does not lie in the table
   */
  public List<Column<?>> rows(long from, int rows) {
    if (from < 0 || rows < 0 || from > this.rows - rows) {
      throw new StoreException(
          "rows %,d to %,d asked for, and the table has %,d"
              .formatted(from, from + rows, this.rows));
    }
    List<Column<?>> views = new ArrayList<>();
    for (int i = 0; i < strings.length; i++) {
      views.add(view(columns.get(i), strings[i], from, rows));
    }
    return views;
  }

  /** Picks what reads the column, once: the hot path need not ask how it lies. */
  private static Column<?> view(
      StoredColumn column, @Nullable ColumnStrings strings, long from, int rows) {
    long start = 0;
    for (int number = 0; number < column.chunks().size(); number++) {
      Chunk chunk = column.chunks().get(number);
      if (from < start + chunk.rows()) {
        boolean holdsAll = from + rows <= start + chunk.rows();
        return holdsAll && chunk.sentinels() && column.kind() != ColumnKind.BOOLEAN
            ? plain(column, strings, number, from - start, rows)
            : general(column, strings, from, rows);
      }
      start += chunk.rows();
    }
    return general(column, strings, from, rows);
  }

  /** The rows of one chunk, the missing ones marked by sentinels. */
  private static Column<?> plain(
      StoredColumn column, @Nullable ColumnStrings strings, int number, long from, int rows) {
    String name = column.name();
    return switch (column.chunks().get(number)) {
      case Chunk.Values chunk -> {
        int width = column.kind().width();
        MemorySegment values = slice(chunk.values(), width, from, rows);
        yield switch (column.kind()) {
          case SHORT -> create(SHORTS, name, new MappedShortList(values, rows));
          case INT -> create(INTS, name, new MappedIntList(values, rows));
          case LONG -> create(LONGS, name, new MappedLongList(values, rows));
          case FLOAT -> create(FLOATS, name, new MappedFloatList(values, rows));
          case DOUBLE -> create(DOUBLES, name, new MappedDoubleList(values, rows));
          case DATE -> create(DATES, name, new MappedDateList(values, rows));
          case TIME -> create(TIMES, name, new MappedTimeList(values, rows));
          case DATE_TIME -> create(DATE_TIMES, name, new MappedDateTimeList(values, rows));
          case INSTANT -> create(INSTANTS, name, new MappedDateTimeList(values, rows));
          case BOOLEAN, STRING, TEXT -> throw unfit(column);
        };
      }
      case Chunk.Codes chunk ->
          StringColumn.createInternal(
              name,
              new MappedDictionary(
                  slice(chunk.codes(), chunk.width(), from, rows),
                  chunk.width(),
                  Objects.requireNonNull(strings).pool(number),
                  rows));
      case Chunk.Text chunk ->
          StringColumn.createInternal(
              name, new MappedText(new StringPool(chunk.text(), from, rows)));
    };
  }

  /** Rows of any number of chunks. */
  private static Column<?> general(
      StoredColumn column, @Nullable ColumnStrings strings, long from, int rows) {
    String name = column.name();
    Pieces pieces = Pieces.of(column, from, rows);
    return switch (column.kind()) {
      case SHORT -> create(SHORTS, name, new ChunkedShortList(pieces, false));
      case INT -> create(INTS, name, new ChunkedIntList(pieces, false));
      case LONG -> create(LONGS, name, new ChunkedLongList(pieces, false));
      case FLOAT -> create(FLOATS, name, new ChunkedFloatList(pieces, false));
      case DOUBLE -> create(DOUBLES, name, new ChunkedDoubleList(pieces, false));
      case DATE -> create(DATES, name, new ChunkedDateList(pieces, false));
      case TIME -> create(TIMES, name, new ChunkedTimeList(pieces, false));
      case DATE_TIME -> create(DATE_TIMES, name, new ChunkedDateTimeList(pieces, false));
      case INSTANT -> create(INSTANTS, name, new ChunkedDateTimeList(pieces, false));
      case BOOLEAN -> new BooleanColumn(name, new MappedBits(pieces, false));
      case STRING, TEXT ->
          StringColumn.createInternal(
              name, new ChunkedStrings(pieces, Objects.requireNonNull(strings)));
    };
  }

  /** A column of values that lie one behind the other as Tablesaw packs them: a copy. */
  static Column<?> heap(ColumnKind kind, String name, ByteBuffer values, int rows) {
    MemorySegment from = MemorySegment.ofBuffer(values);
    return switch (kind) {
      case SHORT -> create(SHORTS, name, ShortArrayList.wrap(from.toArray(Layouts.SHORT)));
      case INT -> create(INTS, name, IntArrayList.wrap(from.toArray(Layouts.INT)));
      case LONG -> create(LONGS, name, LongArrayList.wrap(from.toArray(Layouts.LONG)));
      case FLOAT -> create(FLOATS, name, FloatArrayList.wrap(from.toArray(Layouts.FLOAT)));
      case DOUBLE -> create(DOUBLES, name, DoubleArrayList.wrap(from.toArray(Layouts.DOUBLE)));
      case DATE -> create(DATES, name, IntArrayList.wrap(from.toArray(Layouts.INT)));
      case TIME -> create(TIMES, name, IntArrayList.wrap(from.toArray(Layouts.INT)));
      case DATE_TIME -> create(DATE_TIMES, name, LongArrayList.wrap(from.toArray(Layouts.LONG)));
      case INSTANT -> create(INSTANTS, name, LongArrayList.wrap(from.toArray(Layouts.LONG)));
      case BOOLEAN, STRING, TEXT ->
          throw new IllegalArgumentException("values of kind " + kind + " have no fixed width");
    };
  }

  private static StoreException unfit(StoredColumn column) {
    return new StoreException(
        "column '%s' is of kind %s and has a chunk of another one"
            .formatted(column.name(), column.kind()));
  }

  private static MemorySegment slice(MemorySegment values, int width, long from, long rows) {
    return values.asSlice(from * width, rows * width);
  }

  private static MethodHandle constructor(Class<?> column, Class<?> list) {
    try {
      return MethodHandles.privateLookupIn(column, MethodHandles.lookup())
          .findConstructor(column, MethodType.methodType(void.class, String.class, list))
          .asType(MethodType.methodType(Column.class, String.class, Object.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "this Tablesaw's " + column.getSimpleName() + " has no constructor for a " + list, e);
    }
  }

  private static Column<?> create(MethodHandle constructor, String name, Object list) {
    try {
      return (Column<?>) constructor.invokeExact(name, list);
    } catch (Throwable e) {
      throw new IllegalStateException("cannot make column '" + name + "'", e);
    }
  }
}
