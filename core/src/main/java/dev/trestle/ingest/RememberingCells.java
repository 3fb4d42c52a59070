package dev.trestle.ingest;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.columns.AbstractColumnParser;
import tech.tablesaw.io.ReadOptions;

/**
 * Booleans, dates and times: few distinct texts, costly to parse, so parsed once and remembered.
 */
final class RememberingCells extends FixedCells {
  private static final long NANOS_A_MILLI = 1_000_000L;
  private static final Plain NONE = (text, at, length) -> IsoText.NOT_PLAIN;

  private final AbstractColumnParser<?> parser;
  private final Plain plain;
  private final MissingMarkers markers;
  private final long missing;
  private boolean detected;
  private @Nullable Remembered remembered;

  /** Reads the usual spelling, or gives {@link IsoText#NOT_PLAIN}. */
  @FunctionalInterface
  private interface Plain {
    long value(char[] text, int at, int length);
  }

  private RememberingCells(
      ColumnType type, int width, long missing, Plain plain, ReadOptions options) {
    super(width);
    this.parser = type.customParser(options);
    this.plain = plain;
    this.markers = MissingMarkers.of(options);
    this.missing = missing;
  }

  /** One byte a value: 0, 1, or the smallest byte for missing. */
  static RememberingCells booleans(ReadOptions options) {
    return new RememberingCells(ColumnType.BOOLEAN, Byte.BYTES, Byte.MIN_VALUE, NONE, options);
  }

  static RememberingCells dates(ReadOptions options) {
    Plain plain = options.dateFormatter() == null ? IsoText::epochDay : NONE;
    return new RememberingCells(
        ColumnType.LOCAL_DATE, Integer.BYTES, Integer.MIN_VALUE, plain, options);
  }

  static RememberingCells times(ReadOptions options) {
    Plain plain = options.timeFormatter() == null ? IsoText::milliOfDay : NONE;
    return new RememberingCells(
        ColumnType.LOCAL_TIME, Integer.BYTES, Integer.MIN_VALUE, plain, options);
  }

  static RememberingCells dateTimes(ReadOptions options) {
    Plain plain = options.dateTimeFormatter() == null ? IsoText::epochMillis : NONE;
    return new RememberingCells(
        ColumnType.LOCAL_DATE_TIME, Long.BYTES, Long.MIN_VALUE, plain, options);
  }

  static RememberingCells instants(ReadOptions options) {
    return new RememberingCells(ColumnType.INSTANT, Long.BYTES, Long.MIN_VALUE, NONE, options);
  }

  /**
   * Takes only what the type detection takes too. The parsers take more, such as 1 for true: right
   * where the options ask for booleans, a guess where a sample did.
   */
  void setDetected() {
    detected = true;
  }

  @Override
  boolean put(int row, char[] text, int at, int length) {
    if (markers.matches(text, at, length)) {
      set(row, missing);
      sawMissing();
      return true;
    }
    long usual = plain.value(text, at, length);
    if (usual != IsoText.NOT_PLAIN) {
      set(row, usual);
      return true;
    }
    Remembered known = remembered;
    if (known == null) {
      known = new Remembered();
      remembered = known;
    }
    int slot = Remembered.slot(text, at, length);
    if (!known.holds(slot, text, at, length)) {
      String value = new String(text, at, length);
      try {
        if (detected && !parser.canParse(value)) {
          return false;
        }
        known.keep(slot, value, parser.isMissing(value) ? missing : encode(parser.parse(value)));
      } catch (RuntimeException notOfThisType) {
        return false;
      }
    }
    long value = known.value(slot);
    if (value == missing) {
      sawMissing();
    }
    set(row, value);
    return true;
  }

  private static long encode(Object value) {
    return switch (value) {
      case Boolean truth -> truth ? 1 : 0;
      case LocalDate date -> date.toEpochDay();
      case LocalTime time -> time.toNanoOfDay() / NANOS_A_MILLI;
      case LocalDateTime dateTime -> dateTime.toInstant(ZoneOffset.UTC).toEpochMilli();
      case Instant instant -> instant.toEpochMilli();
      default -> throw new IllegalStateException("no encoding for a " + value.getClass());
    };
  }

  private void set(int row, long value) {
    switch (width()) {
      case Byte.BYTES -> values[row] = (byte) value;
      case Integer.BYTES -> INT.set(values, row * Integer.BYTES, (int) value);
      default -> LONG.set(values, row * Long.BYTES, value);
    }
  }

  @Override
  boolean isMissing(int row) {
    return missing
        == switch (width()) {
          case Byte.BYTES -> values[row];
          case Integer.BYTES -> (int) INT.get(values, row * Integer.BYTES);
          default -> (long) LONG.get(values, row * Long.BYTES);
        };
  }
}
