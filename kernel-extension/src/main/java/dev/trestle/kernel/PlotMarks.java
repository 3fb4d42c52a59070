package dev.trestle.kernel;

import dev.trestle.kernel.PlotSeries.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Draws series between two axes. */
final class PlotMarks {
  /** Where the plot is, in the picture's own units. */
  record Frame(int left, int top, int width, int height) {}

  private static final int MOST_POINTS = 4000; // of a series: a picture of some 200 kB
  private static final List<String> DASHES = List.of("none", "6 3", "2 2", "8 3 2 3");
  private static final List<String> FILLS = List.of("0.35", "0.1", "0.7", "0.2");
  private static final double RADIUS = 3;

  private final Svg svg;
  private final PlotAxis x;
  private final PlotAxis y;
  private final Frame frame;
  private long points;
  private long drawn;

  PlotMarks(Svg svg, PlotAxis x, PlotAxis y, Frame frame) {
    this.svg = svg;
    this.x = x;
    this.y = y;
    this.frame = frame;
  }

  double x(double at) {
    return frame.left + x.share(at) * frame.width;
  }

  double y(double at) {
    return frame.top + frame.height - y.share(at) * frame.height;
  }

  /** Draws a series once the axes are known in full; makes room for it on them before. */
  Runnable drawing(PlotSeries series, int number, int all) {
    return switch (series.kind()) {
      case SCATTER -> () -> scatter(series, number);
      case BAR, HORIZONTAL_BAR -> () -> bars(series, number, all);
      case HISTOGRAM -> histogram(series, number);
      case BOX -> () -> boxes(series, number, all);
      case OTHER -> throw new IllegalArgumentException("nothing that is drawn here: " + series);
    };
  }

  /** In words, if there were too many points; else empty. */
  String leftOut() {
    return drawn == points
        ? ""
        : String.format(Locale.ROOT, "%,d of %,d points are drawn.", drawn, points);
  }

  /** What a series is drawn with, for a legend. */
  void sample(PlotSeries series, int number, double left, double middle) {
    if (series.kind() != Kind.SCATTER) {
      svg.rectangle(left, middle - 5, 16, 10, fill(number));
      return;
    }
    if (series.mode().contains("lines")) {
      svg.line(left, middle, left + 16, middle, "0.9", DASHES.get(number % DASHES.size()));
    }
    if (!series.mode().equals("lines")) {
      marker(number, left + 8, middle, RADIUS);
    }
  }

  private static String fill(int number) {
    return FILLS.get(number % FILLS.size());
  }

  private void scatter(PlotSeries series, int number) {
    int step = 1 + (series.size() - 1) / MOST_POINTS;
    double largest = series.sizes().stream().mapToDouble(each -> each).max().orElse(0);
    List<String> line = new ArrayList<>();
    points += series.size();
    for (int i = 0; i < series.size(); i += step) {
      drawn++;
      double at = x.at(series.xs().get(i));
      double value = y.at(series.ys().get(i));
      if (Double.isNaN(at) || Double.isNaN(value)) {
        line(series, number, line); // a missing value is a gap
        continue;
      }
      line.add(Svg.number(x(at)) + "," + Svg.number(y(value)));
      if (!series.mode().equals("lines")) {
        boolean isSized = largest > 0 && i < series.sizes().size();
        double size = isSized ? 4 * RADIUS * Math.sqrt(series.sizes().get(i) / largest) : RADIUS;
        marker(number, x(at), y(value), size);
      }
    }
    line(series, number, line);
  }

  private void line(PlotSeries series, int number, List<String> line) {
    if (series.mode().contains("lines") && line.size() > 1) {
      if (series.isFilled()) {
        String floor = Svg.number(frame.top + (double) frame.height);
        String first = line.getFirst().substring(0, line.getFirst().indexOf(','));
        String last = line.getLast().substring(0, line.getLast().indexOf(','));
        svg.shape(
            "polygon",
            "points",
            "%s,%s %s %s,%s".formatted(first, floor, String.join(" ", line), last, floor),
            "fill-opacity",
            "0.2",
            "stroke",
            "none");
      }
      svg.shape(
          "polyline",
          "points",
          String.join(" ", line),
          "fill",
          "none",
          "stroke-width",
          "1.5",
          "stroke-dasharray",
          DASHES.get(number % DASHES.size()));
    }
    line.clear();
  }

  /** A circle, a square, a triangle or a cross. */
  private void marker(int number, double at, double value, double radius) {
    String path =
        switch (number % 4) {
          case 1 -> corners(at, value, radius, -1, -1, 1, -1, 1, 1, -1, 1) + "z";
          case 2 -> corners(at, value, radius * 1.2, 0, -1, 1, 1, -1, 1) + "z";
          case 3 ->
              corners(at, value, radius, -1, -1, 1, 1) + corners(at, value, radius, -1, 1, 1, -1);
          default -> "";
        };
    if (path.isEmpty()) {
      svg.shape(
          "circle",
          "cx",
          Svg.number(at),
          "cy",
          Svg.number(value),
          "r",
          Svg.number(radius),
          "fill-opacity",
          "0.4");
    } else {
      svg.shape("path", "d", path, "fill-opacity", "0.15");
    }
  }

  private static String corners(double x, double y, double radius, int... corners) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < corners.length; i += 2) {
      path.append(i == 0 ? 'M' : 'L')
          .append(Svg.number(x + radius * corners[i]))
          .append(' ')
          .append(Svg.number(y + radius * corners[i + 1]));
    }
    return path.toString();
  }

  /** The part of a category's room that one of the series has: from 0 to 1. */
  private static double offset(int number, int all) {
    return 0.1 + 0.8 * number / all - 0.5;
  }

  private void bars(PlotSeries series, int number, int all) {
    boolean isFlat = series.kind() == Kind.HORIZONTAL_BAR;
    for (int i = 0; i < series.size(); i++) {
      double across = isFlat ? y.at(series.ys().get(i)) : x.at(series.xs().get(i));
      double value = isFlat ? x.at(series.xs().get(i)) : y.at(series.ys().get(i));
      if (!Double.isNaN(across) && !Double.isNaN(value)) {
        double from = across + offset(number, all);
        double to = from + 0.8 / all;
        if (isFlat) {
          box(x(0), y(from), x(value), y(to), fill(number));
        } else {
          box(x(from), y(0), x(to), y(value), fill(number));
        }
      }
    }
  }

  private void box(double x1, double y1, double x2, double y2, String opacity) {
    svg.rectangle(
        Math.min(x1, x2), Math.min(y1, y2), Math.abs(x2 - x1), Math.abs(y2 - y1), opacity);
  }

  private Runnable histogram(PlotSeries series, int number) {
    int wanted =
        series.bins() > 0 ? series.bins() : 1 + (int) Math.ceil(Math.log(series.xs().size() + 1.0));
    double step = PlotAxis.step(x.high() - x.low(), wanted);
    Map<Long, Integer> counts = new TreeMap<>();
    for (String value : series.xs()) {
      double at = x.at(value);
      if (!Double.isNaN(at)) {
        counts.merge((long) Math.floor(at / step), 1, Integer::sum);
      }
    }
    y.include(0);
    counts.forEach((bin, count) -> {
      y.include(count);
      x.include(bin * step);
      x.include((bin + 1) * step);
    });
    return () ->
        counts.forEach(
            (bin, count) -> box(x(bin * step), y(0), x((bin + 1) * step), y(count), fill(number)));
  }

  private void boxes(PlotSeries series, int number, int all) {
    Map<Double, List<Double>> groups = new TreeMap<>();
    for (int i = 0; i < series.ys().size(); i++) {
      double value = y.at(series.ys().get(i));
      if (!Double.isNaN(value)) {
        double group = series.xs().isEmpty() ? 0 : x.at(series.xs().get(i));
        groups.computeIfAbsent(group, any -> new ArrayList<>()).add(value);
      }
    }
    groups.forEach((at, values) ->
        box(
            at + offset(number, all),
            0.8 / all,
            values.stream().mapToDouble(each -> each).sorted().toArray(),
            fill(number)));
  }

  /** Quartiles, and whiskers to the last value within 1.5 times their distance; outliers beyond. */
  private void box(double left, double width, double[] sorted, String opacity) {
    double low = quantile(sorted, 0.25);
    double high = quantile(sorted, 0.75);
    double reach = 1.5 * (high - low);
    double[] inside =
        Arrays.stream(sorted).filter(v -> v >= low - reach && v <= high + reach).toArray();
    double middle = x(left + width / 2);
    double from = x(left + width / 4);
    double to = x(left + 3 * width / 4);
    box(from, y(low), to, y(high), opacity);
    double median = y(quantile(sorted, 0.5));
    svg.line(from, median, to, median, "1", "none");
    svg.line(middle, y(inside[0]), middle, y(low), "0.8", "none");
    svg.line(middle, y(high), middle, y(inside[inside.length - 1]), "0.8", "none");
    Arrays.stream(sorted)
        .filter(v -> v < low - reach || v > high + reach)
        .limit(MOST_POINTS)
        .forEach(v -> marker(0, middle, y(v), RADIUS - 1));
  }

  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) Math.floor(at);
    int above = (int) Math.ceil(at);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
