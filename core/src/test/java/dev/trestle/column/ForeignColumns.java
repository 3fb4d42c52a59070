package dev.trestle.column;

import dev.trestle.store.Chunk;
import dev.trestle.store.ColumnKind;
import dev.trestle.store.Layouts;
import dev.trestle.store.StoredColumn;
import dev.trestle.store.StoredText;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
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
import tech.tablesaw.columns.Column;

/**
 * A heap table as another Arrow writer may lay it out: uneven chunks, some without rows; rubbish
 * where values are missing; any layout of text; dictionaries that differ from chunk to chunk, hold
 * strings twice and strings that no row has.
 *
 * <p>The same for the same seed. With sentinels missing values have those instead of rubbish, as in
 * a file of the store's own.
 */
public final class ForeignColumns {
  private final Random random;
  private final boolean sentinels;

  private ForeignColumns(long seed, boolean sentinels) {
    this.random = new Random(seed);
    this.sentinels = sentinels;
  }

  /** The table in uneven chunks; no bound on their number. */
  public static Table inChunks(Table heap, long seed) {
    List<StoredColumn> columns = new ForeignColumns(seed, seed % 3 == 0).columns(heap);
    return Table.create(
        heap.name(), new MappedColumns(columns, heap.rowCount()).rows(0, heap.rowCount()));
  }

  /** The table in a single chunk whose missing values only the bitmap tells. */
  public static Table inOneChunk(Table heap, long seed) {
    var foreign = new ForeignColumns(seed, false);
    int rows = heap.rowCount();
    List<StoredColumn> columns =
        heap.columns().stream()
            .map(column ->
                new StoredColumn(
                    column.name(), kind(column), List.of(foreign.chunk(column, 0, rows))))
            .toList();
    return Table.create(heap.name(), new MappedColumns(columns, rows).rows(0, rows));
  }

  /** The table as a range of a longer one. */
  public static Table asSlice(Table heap, long seed) {
    Table longer = heap.emptyCopy();
    int before = Math.min(heap.rowCount(), 5);
    longer.append(heap.first(before)).append(heap).append(heap.last(before));
    List<StoredColumn> columns = new ForeignColumns(seed, true).columns(longer);
    return Table.create(
        heap.name(), new MappedColumns(columns, longer.rowCount()).rows(before, heap.rowCount()));
  }

  /** Stored columns, each in chunks of its own. */
  public List<StoredColumn> columns(Table heap) {
    return heap.columns().stream().map(this::column).toList();
  }

  private StoredColumn column(Column<?> column) {
    var chunks = new ArrayList<Chunk>();
    for (int from = 0; from < column.size(); ) {
      int to = Math.min(column.size(), from + random.nextInt(1 + column.size() / 3 + 3));
      chunks.add(chunk(column, from, to));
      from = to;
    }
    chunks.add(chunk(column, 0, 0));
    return new StoredColumn(column.name(), kind(column), chunks);
  }

  private Chunk chunk(Column<?> column, int from, int to) {
    int rows = to - from;
    int missing = 0;
    MemorySegment validity = allocate((rows + 7) / 8);
    for (int row = 0; row < rows; row++) {
      if (column.isMissing(from + row)) {
        missing++;
      } else {
        set(validity, row);
      }
    }
    boolean marked = sentinels || missing == 0;
    MemorySegment bits = missing == 0 ? MemorySegment.NULL : validity;
    if (column instanceof StringColumn strings) {
      return random.nextInt(4) == 0
          ? text(strings, from, rows, missing, marked, bits)
          : codes(strings, from, rows, missing, marked, bits);
    }
    int width = kind(column).width();
    MemorySegment values = allocate(width == 0 ? (rows + 7) / 8 : (long) rows * width);
    for (int row = 0; row < rows; row++) {
      if (column instanceof BooleanColumn booleans) {
        boolean rubbish = random.nextBoolean();
        if (booleans.isMissing(from + row) ? rubbish : booleans.get(from + row)) {
          set(values, row);
        }
      } else if (column.isMissing(from + row) && !marked) {
        for (int i = 0; i < width; i++) {
          values.set(ValueLayout.JAVA_BYTE, (long) row * width + i, (byte) random.nextInt());
        }
      } else {
        put(column, from + row, values, row);
      }
    }
    return new Chunk.Values(rows, missing, marked, bits, values);
  }

  private static void put(Column<?> column, int from, MemorySegment to, long row) {
    boolean missing = column.isMissing(from);
    switch (column) {
      case ShortColumn c -> to.set(Layouts.SHORT, row * 2, c.getShort(from));
      case IntColumn c -> to.set(Layouts.INT, row * 4, c.getInt(from));
      case LongColumn c -> to.set(Layouts.LONG, row * 8, c.getLong(from));
      case FloatColumn c -> to.set(Layouts.FLOAT, row * 4, c.getFloat(from));
      case DoubleColumn c -> to.set(Layouts.DOUBLE, row * 8, c.getDouble(from));
      case DateColumn c ->
          to.set(
              Layouts.INT, row * 4, missing ? Integer.MIN_VALUE : (int) c.get(from).toEpochDay());
      case TimeColumn c ->
          to.set(
              Layouts.INT,
              row * 4,
              missing ? Integer.MIN_VALUE : (int) (c.get(from).toNanoOfDay() / 1_000_000));
      case DateTimeColumn c ->
          to.set(
              Layouts.LONG,
              row * 8,
              missing ? Long.MIN_VALUE : c.get(from).toInstant(ZoneOffset.UTC).toEpochMilli());
      case InstantColumn c ->
          to.set(Layouts.LONG, row * 8, missing ? Long.MIN_VALUE : c.get(from).toEpochMilli());
      default -> throw new IllegalArgumentException(column.type().name());
    }
  }

  private Chunk codes(
      StringColumn column, int from, int rows, int missing, boolean marked, MemorySegment bits) {
    var entries = new ArrayList<String>();
    entries.add("no row has this");
    if (marked) {
      entries.add("");
    }
    int width = 1 << random.nextInt(3);
    MemorySegment codes = allocate((long) rows * width);
    for (int row = 0; row < rows; row++) {
      String value = column.get(from + row);
      int code = entries.indexOf(value);
      if (value.isEmpty() && !marked) {
        code = random.nextInt(-100, 100); // nobody may look at it
      } else if (code < 0 || random.nextInt(9) == 0 && entries.size() < 100) {
        code = entries.size(); // now and then a string that is there already
        entries.add(value);
      }
      switch (width) {
        case 1 -> codes.set(ValueLayout.JAVA_BYTE, row, (byte) code);
        case 2 -> codes.set(Layouts.SHORT, row * 2L, (short) code);
        default -> codes.set(Layouts.INT, row * 4L, code);
      }
      if (width == 1 && entries.size() > Byte.MAX_VALUE) {
        return text(column, from, rows, missing, marked, bits);
      }
    }
    return new Chunk.Codes(rows, missing, marked, bits, codes, width, stored(entries));
  }

  private Chunk text(
      StringColumn column, int from, int rows, int missing, boolean marked, MemorySegment bits) {
    var values = new ArrayList<String>();
    for (int row = 0; row < rows; row++) {
      String value = column.get(from + row);
      values.add(value.isEmpty() && !marked && random.nextBoolean() ? "rubbish" : value);
    }
    return new Chunk.Text(rows, missing, marked, bits, stored(values));
  }

  private StoredText stored(List<String> values) {
    return stored(values, StoredText.Layout.values()[random.nextInt(3)]);
  }

  /** Strings in one of the layouts. */
  static StoredText stored(List<String> values, StoredText.Layout layout) {
    List<byte[]> utf8 = values.stream().map(v -> v.getBytes(StandardCharsets.UTF_8)).toList();
    int total = utf8.stream().mapToInt(b -> b.length).sum();
    MemorySegment bytes = allocate(total);
    int size = utf8.size();
    MemorySegment index =
        switch (layout) {
          case OFFSETS_32 -> allocate((size + 1) * 4L);
          case OFFSETS_64 -> allocate((size + 1) * 8L);
          case VIEWS -> allocate(size * 16L);
        };
    int at = 0;
    for (int i = 0; i < size; i++) {
      byte[] one = utf8.get(i);
      MemorySegment.copy(one, 0, bytes, ValueLayout.JAVA_BYTE, at, one.length);
      if (layout == StoredText.Layout.VIEWS) {
        index.set(Layouts.INT, i * 16L, one.length);
        if (one.length <= 12) {
          MemorySegment.copy(one, 0, index, ValueLayout.JAVA_BYTE, i * 16L + 4, one.length);
        } else {
          index.set(Layouts.INT, i * 16L + 8, 1); // the first buffer is another one
          index.set(Layouts.INT, i * 16L + 12, at);
        }
      }
      at += one.length;
      if (layout == StoredText.Layout.OFFSETS_32) {
        index.set(Layouts.INT, (i + 1) * 4L, at);
      } else if (layout == StoredText.Layout.OFFSETS_64) {
        index.set(Layouts.LONG, (i + 1) * 8L, at);
      }
    }
    return new StoredText(
        size,
        layout,
        index,
        layout == StoredText.Layout.VIEWS ? List.of(allocate(3), bytes) : List.of(bytes));
  }

  private static ColumnKind kind(Column<?> column) {
    return switch (column) {
      case ShortColumn c -> ColumnKind.SHORT;
      case IntColumn c -> ColumnKind.INT;
      case LongColumn c -> ColumnKind.LONG;
      case FloatColumn c -> ColumnKind.FLOAT;
      case DoubleColumn c -> ColumnKind.DOUBLE;
      case BooleanColumn c -> ColumnKind.BOOLEAN;
      case StringColumn c -> ColumnKind.STRING;
      case DateColumn c -> ColumnKind.DATE;
      case TimeColumn c -> ColumnKind.TIME;
      case DateTimeColumn c -> ColumnKind.DATE_TIME;
      case InstantColumn c -> ColumnKind.INSTANT;
      default -> throw new IllegalArgumentException(column.type().name());
    };
  }

  private static void set(MemorySegment bits, long bit) {
    byte old = bits.get(ValueLayout.JAVA_BYTE, bit / 8);
    bits.set(ValueLayout.JAVA_BYTE, bit / 8, (byte) (old | 1 << bit % 8));
  }

  static MemorySegment allocate(long bytes) {
    return Arena.ofAuto().allocate(bytes, 8);
  }
}
