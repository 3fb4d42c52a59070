package dev.trestle.store;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The types of Arrow's columns, as far as this store tells them apart.
 *
 * <p>Each prints as Arrow's own libraries print it. See {@code Schema.fbs} of the Arrow columnar
 * format.
 */
sealed interface ArrowType {
  /** Buffers in a record batch, the validity bitmap included, without those of children. */
  default int buffers() {
    return 2;
  }

  /** What a tick of a time or a timestamp is. */
  enum Unit {
    SECOND("s", 1),
    MILLI("ms", 1_000),
    MICRO("us", 1_000_000),
    NANO("ns", 1_000_000_000);

    final String symbol;
    final long perSecond;

    Unit(String symbol, long perSecond) {
      this.symbol = symbol;
      this.perSecond = perSecond;
    }
  }

  /** Whole numbers of 8, 16, 32 or 64 bits. */
  record Int(int bits, boolean signed) implements ArrowType {
    @Override
    public String toString() {
      return (signed ? "int" : "uint") + bits;
    }
  }

  /** Binary floating point of 16, 32 or 64 bits. */
  record Floating(int bits) implements ArrowType {
    @Override
    public String toString() {
      return "float" + bits;
    }
  }

  /** One bit a value. */
  record Bool() implements ArrowType {
    @Override
    public String toString() {
      return "bool";
    }
  }

  /** UTF-8. A view has as many further buffers as its batch says. */
  record Text(StoredText.Layout layout) implements ArrowType {
    @Override
    public int buffers() {
      return layout == StoredText.Layout.VIEWS ? 2 : 3;
    }

    @Override
    public String toString() {
      return switch (layout) {
        case OFFSETS_32 -> "utf8";
        case OFFSETS_64 -> "large_utf8";
        case VIEWS -> "utf8_view";
      };
    }
  }

  /** Days in 32 bits, or milliseconds in 64. */
  record Date(boolean days) implements ArrowType {
    @Override
    public String toString() {
      return days ? "date32[day]" : "date64[ms]";
    }
  }

  /** Time of day: 32 bits of seconds or milliseconds, else 64. */
  record Time(Unit unit) implements ArrowType {
    int bits() {
      return unit.perSecond <= Unit.MILLI.perSecond ? Integer.SIZE : Long.SIZE;
    }

    @Override
    public String toString() {
      return "time%d[%s]".formatted(bits(), unit.symbol);
    }
  }

  /**
   * Ticks since 1970 in 64 bits.
   *
   * @param zone null for the local calendar, else a time zone; the ticks are UTC then
   */
  record Timestamp(Unit unit, @Nullable String zone) implements ArrowType {
    @Override
    public String toString() {
      return zone == null
          ? "timestamp[%s]".formatted(unit.symbol)
          : "timestamp[%s, tz=%s]".formatted(unit.symbol, zone);
    }
  }

  /** Ticks in 64 bits. */
  record Duration(Unit unit) implements ArrowType {
    @Override
    public String toString() {
      return "duration[%s]".formatted(unit.symbol);
    }
  }

  /** Whole numbers of 32, 64, 128 or 256 bits, divided by ten to the scale. */
  record Decimal(int bits, int precision, int scale) implements ArrowType {
    private static final int LONG_DIGITS = 18;

    /** Whether they have no fraction, and a long has room for each. */
    boolean isWhole() {
      return scale == 0 && precision <= LONG_DIGITS;
    }

    @Override
    public String toString() {
      return "decimal%d(%d, %d)".formatted(bits, precision, scale);
    }
  }

  /** Nothing but missing values; no buffers. */
  record Null() implements ArrowType {
    @Override
    public int buffers() {
      return 0;
    }

    @Override
    public String toString() {
      return "null";
    }
  }

  /** Values in one child, each with the row behind its last in another; no buffers. */
  record RunEnds() implements ArrowType {
    @Override
    public int buffers() {
      return 0;
    }

    @Override
    public String toString() {
      return "run_end_encoded";
    }
  }

  /**
   * What no Tablesaw column can hold.
   *
   * @param hasViews whether it has as many further buffers as its batch says
   */
  record Other(String name, int buffers, boolean hasViews) implements ArrowType {
    @Override
    public String toString() {
      return name.toLowerCase(Locale.ROOT);
    }
  }
}
