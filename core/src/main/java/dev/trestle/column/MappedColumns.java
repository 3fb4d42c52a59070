package dev.trestle.column;

import dev.trestle.store.Chunk;
import dev.trestle.store.MappedTable;
import dev.trestle.store.StoreException;
import dev.trestle.store.StoredColumn;
import dev.trestle.store.StoredText;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.floats.FloatArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.shorts.ShortArrayList;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
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

  private final MappedTable table;

  /** By column, for those with a dictionary: all views of a table share its strings. */
  private final @Nullable StringPool[] pools;

  /** The columns of a mapped table. */
  public MappedColumns(MappedTable table) {
    this.table = table;
    this.pools = new StringPool[table.columns().size()];
    for (int i = 0; i < pools.length; i++) {
      pools[i] = pool(only(table.columns().get(i)));
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
    if (from < 0 || rows < 0 || from > table.rows() - rows) {
      throw new StoreException(
          "rows %,d to %,d asked for, and the table has %,d"
              .formatted(from, from + rows, table.rows()));
    }
    List<Column<?>> columns = new ArrayList<>();
    for (int i = 0; i < pools.length; i++) {
      columns.add(of(table.columns().get(i), pools[i], from, rows));
    }
    return columns;
  }

  private static Column<?> of(StoredColumn column, @Nullable StringPool pool, long from, int rows) {
    String name = column.name();
    return switch (column.kind()) {
      case SHORT -> create(SHORTS, name, new MappedShortList(fixed(column, from, rows), rows));
      case INT -> create(INTS, name, new MappedIntList(fixed(column, from, rows), rows));
      case LONG -> create(LONGS, name, new MappedLongList(fixed(column, from, rows), rows));
      case FLOAT -> create(FLOATS, name, new MappedFloatList(fixed(column, from, rows), rows));
      case DOUBLE -> create(DOUBLES, name, new MappedDoubleList(fixed(column, from, rows), rows));
      case DATE -> create(DATES, name, new MappedDateList(fixed(column, from, rows), rows));
      case TIME -> create(TIMES, name, new MappedTimeList(fixed(column, from, rows), rows));
      case DATE_TIME ->
          create(DATE_TIMES, name, new MappedDateTimeList(fixed(column, from, rows), rows));
      case INSTANT ->
          create(INSTANTS, name, new MappedDateTimeList(fixed(column, from, rows), rows));
      case BOOLEAN ->
          new BooleanColumn(name, new MappedBooleans(values(column), validity(column), from, rows));
      case STRING ->
          StringColumn.createInternal(
              name,
              dictionary((Chunk.Codes) only(column), Objects.requireNonNull(pool), from, rows));
      case TEXT -> {
        StoredText text = ((Chunk.Text) only(column)).text();
        MemorySegment offsets = slice(text.index(), Long.BYTES, from, rows + 1L);
        yield StringColumn.createInternal(
            name, new MappedText(new StringPool(offsets, text.bytes().getFirst(), rows)));
      }
    };
  }

  private static Chunk only(StoredColumn column) {
    if (column.chunks().size() != 1) {
      throw new StoreException(
          "column '%s' lies in %d chunks".formatted(column.name(), column.chunks().size()));
    }
    return column.chunks().getFirst();
  }

  private static @Nullable StringPool pool(Chunk chunk) {
    return chunk instanceof Chunk.Codes codes
        ? new StringPool(
            codes.dictionary().index(),
            codes.dictionary().bytes().getFirst(),
            Math.toIntExact(codes.dictionary().size()))
        : null;
  }

  private static MappedDictionary dictionary(
      Chunk.Codes chunk, StringPool pool, long from, int rows) {
    return new MappedDictionary(
        slice(chunk.codes(), chunk.width(), from, rows), chunk.width(), pool, rows);
  }

  private static MemorySegment validity(StoredColumn column) {
    Chunk chunk = only(column);
    return chunk.missing() == 0 ? MemorySegment.NULL : chunk.validity();
  }

  private static MemorySegment values(StoredColumn column) {
    return ((Chunk.Values) only(column)).values();
  }

  private static MemorySegment fixed(StoredColumn column, long from, int rows) {
    return slice(values(column), column.kind().width(), from, rows);
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
