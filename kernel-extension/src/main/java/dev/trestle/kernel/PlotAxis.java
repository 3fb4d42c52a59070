package dev.trestle.kernel;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * An axis of a plot. Values are numbers, dates and times (in seconds of UTC) or, if one is neither,
 * categories, which stand at 0, 1, 2 and so on.
 */
final class PlotAxis {
  /** A place on the axis, and what is written there. */
  record Tick(double at, String label) {}

  private static final Set<String> MISSING = Set.of("", "null", "NaN");
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9.]+([eE][+-]?[0-9]+)?");
  private static final int DAY = 86_400; // seconds
  private static final int TICKS = 5; // about
  private static final int MOST_CATEGORIES = 12; // that are named

  private enum Kind {
    NUMBER,
    TIME,
    CATEGORY
  }

  private final Kind kind;
  private final Map<String, Integer> categories = new LinkedHashMap<>();
  private double low = Double.POSITIVE_INFINITY;
  private double high = Double.NEGATIVE_INFINITY;

  private PlotAxis(Kind kind) {
    this.kind = kind;
  }

  /** An axis that has room for these values. */
  static PlotAxis of(List<String> values) {
    List<String> present = values.stream().filter(value -> !MISSING.contains(value)).toList();
    PlotAxis axis =
        new PlotAxis(
            present.stream().allMatch(value -> NUMBER.matcher(value).matches())
                ? Kind.NUMBER
                : present.stream().noneMatch(value -> Double.isNaN(seconds(value)))
                    ? Kind.TIME
                    : Kind.CATEGORY);
    present.forEach(value -> axis.include(axis.at(value)));
    return axis;
  }

  /** An axis of categories, whatever the values look like. */
  static PlotAxis ofCategories(List<String> values) {
    PlotAxis axis = new PlotAxis(Kind.CATEGORY);
    values.forEach(value -> axis.include(axis.at(value)));
    return axis;
  }

  /** Where a value stands; NaN if it is missing. */
  double at(String value) {
    if (MISSING.contains(value)) {
      return Double.NaN;
    }
    return switch (kind) {
      case NUMBER -> Double.parseDouble(value);
      case TIME -> seconds(value);
      case CATEGORY -> categories.computeIfAbsent(value, added -> categories.size());
    };
  }

  /** Makes room for a place. */
  void include(double at) {
    if (!Double.isNaN(at)) {
      double around = kind == Kind.CATEGORY ? 0.5 : 0;
      low = Math.min(low, at - around);
      high = Math.max(high, at + around);
    }
  }

  /** From 0 to 1, with a margin for the marks of numbers. */
  double share(double at) {
    double margin = kind == Kind.CATEGORY ? 0 : 0.04;
    return margin + (1 - 2 * margin) * (high > low ? (at - low) / (high - low) : 0.5);
  }

  double low() {
    return low;
  }

  double high() {
    return high;
  }

  private static double seconds(String value) {
    try {
      if (value.length() <= 10) {
        return LocalDate.parse(value).toEpochDay() * (double) DAY;
      }
      return value.endsWith("Z")
          ? OffsetDateTime.parse(value).toEpochSecond()
          : LocalDateTime.parse(value.replace(' ', 'T')).toEpochSecond(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      return Double.NaN;
    }
  }

  /** The distance between round numbers, of which about so many lie in a range. */
  static double step(double range, int number) {
    if (!(range > 0) || Double.isInfinite(range)) {
      return 1;
    }
    double rough = range / number;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    return DoubleStream.of(1, 2, 5, 10)
        .map(n -> n * power)
        .filter(n -> n >= rough * 0.99)
        .min()
        .orElse(rough);
  }

  List<Tick> ticks() {
    if (!(low <= high)) {
      return List.of();
    }
    return switch (kind) {
      case NUMBER -> numbers();
      case TIME -> times();
      case CATEGORY -> {
        List<String> names = List.copyOf(categories.keySet());
        int each = 1 + (names.size() - 1) / MOST_CATEGORIES;
        yield IntStream.range(0, names.size())
            .filter(i -> i % each == 0)
            .mapToObj(i -> new Tick(i, names.get(i)))
            .toList();
      }
    };
  }

  private List<Tick> numbers() {
    double step = step(high - low, TICKS);
    List<Tick> ticks = new ArrayList<>();
    for (double n = Math.ceil(low / step); n * step <= high; n++) {
      ticks.add(new Tick(n * step, number(n * step, step)));
    }
    return ticks;
  }

  private static String number(double value, double step) {
    if (Math.abs(value) >= 1e7 || step < 1e-4) {
      return String.format(Locale.ROOT, "%.3g", value);
    }
    int decimals = (int) Math.max(0, -Math.floor(Math.log10(step)));
    return String.format(Locale.ROOT, "%,." + decimals + "f", value + 0.0); // no -0
  }

  private List<Tick> times() {
    boolean hasDays = high - low > 3 * DAY;
    return IntStream.range(0, TICKS)
        .mapToObj(i -> {
          double at = low + (high - low) * i / (TICKS - 1);
          double rounded = hasDays ? Math.floor(at / DAY) * DAY : at;
          String text = LocalDateTime.ofEpochSecond((long) rounded, 0, ZoneOffset.UTC).toString();
          return new Tick(rounded, hasDays ? text.substring(0, 10) : text.replace('T', ' '));
        })
        .distinct()
        .toList();
  }
}
