package dev.trestle.column;

import dev.trestle.store.ColumnKind;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.floats.FloatArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.shorts.ShortArrayList;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
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
import tech.tablesaw.api.Table;
import tech.tablesaw.api.TimeColumn;
import tech.tablesaw.columns.Column;
import tech.tablesaw.columns.strings.ByteDictionaryMap;
import tech.tablesaw.columns.strings.DictionaryMap;

/**
 * Some rows of a table as the bytes of one message: column by column, as Tablesaw packs the values.
 *
 * <p>For a few thousand rows, for which a file in the store would cost more than the rows.
 */
public final class RowBytes {
  /** More goes through the store. */
  private static final int LARGEST = 1 << 24; // 16 MiB

  private static final int USUAL = 1 << 16; // 64 KiB
  private static final int BYTE_KEYS = 255;
  private static final ColumnKind[] KINDS = ColumnKind.values();

  private final int from;
  private final int rows;
  private ByteBuffer out = ByteBuffer.allocate(USUAL);

  private RowBytes(int from, int rows) {
    this.from = from;
    this.rows = rows;
  }

  /** Thrown where no message will do; without a stack trace, as it is caught here. */
  private static final class Unfit extends RuntimeException {
    Unfit() {
      super(null, null, false, false);
    }
  }

  /**
   * Copies rows.
   *
   * @param from the first of them, counted from 0
   * @param to the first that is not among them
   * @return null if they take more than 16 MiB, or a column is of a type unknown here
   * @throws IndexOutOfBoundsException if the table has no such rows
   */
  public static byte @Nullable [] of(Table table, int from, int to) {
    if (from < 0 || from > to || to > table.rowCount()) {
      throw new IndexOutOfBoundsException(
          "rows %,d to %,d asked for, and the table has %,d".formatted(from, to, table.rowCount()));
    }
    var bytes = new RowBytes(from, to - from);
    try {
      bytes.room(2 * Integer.BYTES).putInt(to - from).putInt(table.columnCount());
      bytes.text(String.valueOf(table.name()));
      table.columns().forEach(bytes::column);
    } catch (Unfit e) {
      return null;
    }
    return Arrays.copyOf(bytes.out.array(), bytes.out.position());
  }

  private void column(Column<?> column) {
    switch (column) {
      case ShortColumn c -> shorts(head(c, ColumnKind.SHORT), ColumnLists.of(c));
      case IntColumn c -> ints(head(c, ColumnKind.INT), ColumnLists.of(c));
      case LongColumn c -> longs(head(c, ColumnKind.LONG), ColumnLists.of(c));
      case FloatColumn c -> floats(head(c, ColumnKind.FLOAT), ColumnLists.of(c));
      case DoubleColumn c -> doubles(head(c, ColumnKind.DOUBLE), ColumnLists.of(c));
      case DateColumn c -> ints(head(c, ColumnKind.DATE), ColumnLists.of(c));
      case TimeColumn c -> ints(head(c, ColumnKind.TIME), ColumnLists.of(c));
      case DateTimeColumn c -> longs(head(c, ColumnKind.DATE_TIME), ColumnLists.of(c));
      case InstantColumn c -> longs(head(c, ColumnKind.INSTANT), ColumnLists.of(c));
      case BooleanColumn c -> booleans(head(c, ColumnKind.BOOLEAN), c);
      case StringColumn c -> strings(head(c, ColumnKind.STRING), c);
      default -> throw new Unfit();
    }
  }

  /** Writes what a column is, and makes room for its values. */
  @SuppressWarnings("EnumOrdinal") // both ends are of one build
  private ByteBuffer head(Column<?> column, ColumnKind kind) {
    room(1).put((byte) kind.ordinal());
    text(column.name());
    return room((long) rows * (kind == ColumnKind.STRING ? Integer.BYTES : width(kind)));
  }

  private static int width(ColumnKind kind) {
    return kind == ColumnKind.BOOLEAN ? 1 : kind.width();
  }

  private void shorts(ByteBuffer room, ShortArrayList values) {
    short[] some = new short[rows];
    values.getElements(from, some, 0, rows);
    room.asShortBuffer().put(some);
  }

  private void ints(ByteBuffer room, IntArrayList values) {
    int[] some = new int[rows];
    values.getElements(from, some, 0, rows);
    room.asIntBuffer().put(some);
  }

  private void longs(ByteBuffer room, LongArrayList values) {
    long[] some = new long[rows];
    values.getElements(from, some, 0, rows);
    room.asLongBuffer().put(some);
  }

  private void floats(ByteBuffer room, FloatArrayList values) {
    float[] some = new float[rows];
    values.getElements(from, some, 0, rows);
    room.asFloatBuffer().put(some);
  }

  private void doubles(ByteBuffer room, DoubleArrayList values) {
    double[] some = new double[rows];
    values.getElements(from, some, 0, rows);
    room.asDoubleBuffer().put(some);
  }

  private void booleans(ByteBuffer room, BooleanColumn column) {
    for (int i = 0; i < rows; i++) {
      room.put(column.getByte(from + i));
    }
  }

  /** The lengths of all strings, then their text. */
  private void strings(ByteBuffer lengths, StringColumn column) {
    String[] some = new String[rows];
    long length = 0;
    for (int i = 0; i < rows; i++) {
      some[i] = column.get(from + i);
      lengths.putInt(some[i].length());
      length += some[i].length();
    }
    ByteBuffer room = room(length * Character.BYTES);
    char[] text = new char[(int) length];
    int end = 0;
    for (String each : some) {
      each.getChars(0, each.length(), text, end);
      end += each.length();
    }
    room.asCharBuffer().put(text);
  }

  /** As UTF-16, which keeps a lone surrogate. */
  private void text(String text) {
    room(Integer.BYTES).putInt(text.length());
    room((long) text.length() * Character.BYTES).asCharBuffer().put(text);
  }

  /** The next bytes, to be filled. */
  private ByteBuffer room(long size) {
    int at = out.position();
    if (at + size > LARGEST) {
      throw new Unfit();
    }
    int end = at + (int) size;
    if (end > out.capacity()) {
      out = ByteBuffer.wrap(Arrays.copyOf(out.array(), Math.max(end, 2 * out.capacity())));
    }
    out.position(end);
    return part(out, at, (int) size);
  }

  private static ByteBuffer part(ByteBuffer all, int at, int size) {
    return all.slice(at, size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The rows again: columns on the heap, which may be changed. */
  public static Table table(byte[] bytes) {
    var in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int rows = in.getInt();
    Column<?>[] columns = new Column<?>[in.getInt()];
    String name = nextText(in);
    for (int i = 0; i < columns.length; i++) {
      columns[i] = column(KINDS[in.get()], nextText(in), rows, in);
    }
    return Table.create(name, columns);
  }

  private static Column<?> column(ColumnKind kind, String name, int rows, ByteBuffer in) {
    return switch (kind) {
      case STRING -> strings(name, nextStrings(in, rows));
      case BOOLEAN -> {
        var column = BooleanColumn.create(name);
        for (int i = 0; i < rows; i++) {
          column.append(in.get());
        }
        yield column;
      }
      default -> MappedColumns.heap(kind, name, next(in, rows * width(kind)), rows);
    };
  }

  private static StringColumn strings(String name, String[] strings) {
    DictionaryMap dictionary = new ByteDictionaryMap();
    if (strings.length > BYTE_KEYS) {
      // It would be promoted, string by string, at the 256th distinct one: 1.6 times the time.
      dictionary = dictionary.promoteYourself();
    }
    var column = StringColumn.createInternal(name, dictionary);
    for (String string : strings) {
      column.append(string);
    }
    return column;
  }

  private static String[] nextStrings(ByteBuffer in, int rows) {
    int[] lengths = new int[rows];
    next(in, rows * Integer.BYTES).asIntBuffer().get(lengths);
    int length = Arrays.stream(lengths).sum();
    char[] text = new char[length];
    next(in, length * Character.BYTES).asCharBuffer().get(text);
    String[] strings = new String[rows];
    int at = 0;
    for (int i = 0; i < rows; i++) {
      strings[i] = new String(text, at, lengths[i]);
      at += lengths[i];
    }
    return strings;
  }

  private static String nextText(ByteBuffer in) {
    return nextStrings(in, 1)[0];
  }

  private static ByteBuffer next(ByteBuffer in, int size) {
    int at = in.position();
    in.position(at + size);
    return part(in, at, size);
  }
}
