package dev.trestle.ingest;

import tech.tablesaw.api.ColumnType;
import tech.tablesaw.columns.AbstractColumnParser;
import tech.tablesaw.io.ReadOptions;

/** The five number types. A plain spelling is read on the spot, any other by Tablesaw's parser. */
abstract class NumberCells extends FixedCells {
  final AbstractColumnParser<?> parser;
  final boolean zeroDecimal;
  private final MissingMarkers markers;

  private NumberCells(ColumnType type, int width, ReadOptions options) {
    super(width);
    this.parser = type.customParser(options);
    this.zeroDecimal = options.ignoreZeroDecimal();
    this.markers = MissingMarkers.of(options);
  }

  abstract void set(int row, char[] text, int at, int length);

  abstract void setMissing(int row);

  @Override
  final boolean put(int row, char[] text, int at, int length) {
    if (markers.matches(text, at, length)) {
      setMissing(row);
      sawMissing();
      return true;
    }
    try {
      set(row, text, at, length);
      return true;
    } catch (RuntimeException notOfThisType) {
      // Mostly a NumberFormatException; "," or "%" alone end in an index out of bounds.
      return false;
    }
  }

  static final class Shorts extends NumberCells {
    Shorts(ReadOptions options) {
      super(ColumnType.SHORT, Short.BYTES, options);
    }

    @Override
    void set(int row, char[] text, int at, int length) {
      long plain = PlainNumbers.integer(text, at, length, zeroDecimal);
      short value =
          plain == (short) plain ? (short) plain : parser.parseShort(new String(text, at, length));
      SHORT.set(values, row * Short.BYTES, value);
      if (value == Short.MIN_VALUE) {
        sawMissing();
      }
    }

    @Override
    void setMissing(int row) {
      SHORT.set(values, row * Short.BYTES, Short.MIN_VALUE);
    }

    @Override
    boolean isMissing(int row) {
      return (short) SHORT.get(values, row * Short.BYTES) == Short.MIN_VALUE;
    }
  }

  static final class Ints extends NumberCells {
    Ints(ReadOptions options) {
      super(ColumnType.INTEGER, Integer.BYTES, options);
    }

    @Override
    void set(int row, char[] text, int at, int length) {
      long plain = PlainNumbers.integer(text, at, length, zeroDecimal);
      int value =
          plain == (int) plain ? (int) plain : parser.parseInt(new String(text, at, length));
      INT.set(values, row * Integer.BYTES, value);
      if (value == Integer.MIN_VALUE) {
        sawMissing();
      }
    }

    @Override
    void setMissing(int row) {
      INT.set(values, row * Integer.BYTES, Integer.MIN_VALUE);
    }

    @Override
    boolean isMissing(int row) {
      return (int) INT.get(values, row * Integer.BYTES) == Integer.MIN_VALUE;
    }
  }

  static final class Longs extends NumberCells {
    Longs(ReadOptions options) {
      super(ColumnType.LONG, Long.BYTES, options);
    }

    @Override
    void set(int row, char[] text, int at, int length) {
      long plain = PlainNumbers.integer(text, at, length, zeroDecimal);
      long value =
          plain != PlainNumbers.NOT_PLAIN ? plain : parser.parseLong(new String(text, at, length));
      LONG.set(values, row * Long.BYTES, value);
      if (value == Long.MIN_VALUE) {
        sawMissing();
      }
    }

    @Override
    void setMissing(int row) {
      LONG.set(values, row * Long.BYTES, Long.MIN_VALUE);
    }

    @Override
    boolean isMissing(int row) {
      return (long) LONG.get(values, row * Long.BYTES) == Long.MIN_VALUE;
    }
  }

  static final class Floats extends NumberCells {
    Floats(ReadOptions options) {
      super(ColumnType.FLOAT, Float.BYTES, options);
    }

    @Override
    void set(int row, char[] text, int at, int length) {
      // No short cut: rounding to double first and to float then is not rounding once.
      float value = parser.parseFloat(new String(text, at, length));
      FLOAT.set(values, row * Float.BYTES, value);
      if (Float.isNaN(value)) {
        sawMissing();
      }
    }

    @Override
    void setMissing(int row) {
      FLOAT.set(values, row * Float.BYTES, Float.NaN);
    }

    @Override
    boolean isMissing(int row) {
      return Float.isNaN((float) FLOAT.get(values, row * Float.BYTES));
    }
  }

  static final class Doubles extends NumberCells {
    Doubles(ReadOptions options) {
      super(ColumnType.DOUBLE, Double.BYTES, options);
    }

    @Override
    void set(int row, char[] text, int at, int length) {
      double value = PlainNumbers.decimal(text, at, length);
      if (Double.isNaN(value)) {
        value = parser.parseDouble(new String(text, at, length));
        if (Double.isNaN(value)) {
          sawMissing();
        }
      }
      DOUBLE.set(values, row * Double.BYTES, value);
    }

    @Override
    void setMissing(int row) {
      DOUBLE.set(values, row * Double.BYTES, Double.NaN);
    }

    @Override
    boolean isMissing(int row) {
      return Double.isNaN((double) DOUBLE.get(values, row * Double.BYTES));
    }
  }
}
