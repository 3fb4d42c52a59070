package dev.trestle.store;

import dev.trestle.store.ArrowType.Unit;

/** How a column of an Arrow file becomes one of a table. */
sealed interface Fit {
  /** Read where it lies. */
  record InPlace(ColumnKind kind) implements Fit {}

  /** Written anew, once. */
  record Converted(ColumnKind kind, String why) implements Fit {}

  /** Not at all. */
  record Refused(String why) implements Fit {}

  /** Powers of ten beyond this are not those of a decimal that somebody measured. */
  int LARGEST_SCALE = 400; // doubles end at 10^308

  /** By the type alone; codes of a dictionary are another matter. */
  static Fit of(ArrowType type) {
    return switch (type) {
      case ArrowType.Int(int bits, boolean signed) -> integer(bits, signed);
      case ArrowType.Floating(int bits) ->
          switch (bits) {
            case Float.SIZE -> new InPlace(ColumnKind.FLOAT);
            case Double.SIZE -> new InPlace(ColumnKind.DOUBLE);
            default -> new Converted(ColumnKind.FLOAT, "Tablesaw has no 16-bit floats");
          };
      case ArrowType.Bool() -> new InPlace(ColumnKind.BOOLEAN);
      case ArrowType.Text text -> new InPlace(ColumnKind.TEXT);
      case ArrowType.Date(boolean days) ->
          days
              ? new InPlace(ColumnKind.DATE)
              : new Converted(ColumnKind.DATE, "Tablesaw's dates count days");
      case ArrowType.Time(Unit unit) ->
          unit == Unit.MILLI
              ? new InPlace(ColumnKind.TIME)
              : new Converted(ColumnKind.TIME, milliseconds("times", unit));
      case ArrowType.Timestamp(Unit unit, String zone) -> {
        ColumnKind kind = zone == null ? ColumnKind.DATE_TIME : ColumnKind.INSTANT;
        yield unit == Unit.MILLI
            ? new InPlace(kind)
            : new Converted(kind, milliseconds("timestamps", unit));
      }
      case ArrowType.Duration(Unit unit) ->
          new Converted(
              ColumnKind.LONG, "Tablesaw has no durations; these are whole " + unit.symbol);
      case ArrowType.Decimal decimal -> decimal(decimal);
      case ArrowType.Null() -> new Converted(ColumnKind.STRING, "nothing but missing values");
      case ArrowType.RunEnds runs -> new Refused(NOT_HELD); // of values that Tablesaw has: see Fits
      case ArrowType.Other other -> new Refused(NOT_HELD);
    };
  }

  private static Fit decimal(ArrowType.Decimal type) {
    boolean isKnown =
        switch (type.bits()) {
          case 32, 64, 128, 256 -> Math.abs((long) type.scale()) <= LARGEST_SCALE;
          default -> false;
        };
    if (!isKnown) {
      return new Refused("decimals of that width or scale cannot be converted");
    }
    return type.isWhole()
        ? new Converted(ColumnKind.LONG, NO_DECIMALS + "; these are whole numbers")
        : new Converted(ColumnKind.DOUBLE, NO_DECIMALS + "; the nearest doubles stand for them");
  }

  private static Fit integer(int bits, boolean signed) {
    return switch (bits) {
      case Byte.SIZE ->
          new Converted(ColumnKind.SHORT, "Tablesaw's narrowest integers have 16 bits");
      case Short.SIZE ->
          signed ? new InPlace(ColumnKind.SHORT) : new Converted(ColumnKind.INT, UNSIGNED);
      case Integer.SIZE ->
          signed ? new InPlace(ColumnKind.INT) : new Converted(ColumnKind.LONG, UNSIGNED);
      case Long.SIZE ->
          signed
              ? new InPlace(ColumnKind.LONG)
              : new Converted(ColumnKind.LONG, UNSIGNED + "; all of these fit signed ones");
      default -> new Refused("integers of %d bits do not exist in Arrow".formatted(bits));
    };
  }

  /** Why lists and their like are refused. */
  String NOT_HELD = "no Tablesaw column holds such values";

  /** Why decimals are converted. */
  String NO_DECIMALS = "Tablesaw has no decimals";

  /** Why unsigned integers are converted. */
  String UNSIGNED = "Tablesaw has no unsigned integers";

  private static String milliseconds(String what, Unit unit) {
    return "Tablesaw's %s count milliseconds".formatted(what)
        + (unit.perSecond > Unit.MILLI.perSecond ? "; what is finer is cut off" : "");
  }
}
