package dev.trestle.kernel;

import com.google.gson.JsonElement;
import dev.trestle.kernel.PlotSeries.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A figure of Tablesaw's as inline SVG in the ink of the page around it: for front ends that do not
 * have Plotly, for a saved notebook's readers, and for printing. Draws scatter and line plots,
 * bars, histograms and box plots; series differ by shape and not by colour.
 */
final class PlotlyPicture {
  private static final Set<Kind> BARS = EnumSet.of(Kind.BAR, Kind.HORIZONTAL_BAR);
  private static final int WIDTH = 680;
  private static final int HEIGHT = 400;
  private static final int LEFT = 76;
  private static final int TOP = 44;
  private static final int PLOT = WIDTH - LEFT - 12; // its width
  private static final int BOTTOM = HEIGHT - 44;
  private static final int MOST_LETTERS = 11; // beside an axis

  private final PlotlyFigure figure;
  private final List<PlotSeries> series;
  private final Html html = new Html();

  private PlotlyPicture(PlotlyFigure figure, List<PlotSeries> series) {
    this.figure = figure;
    this.series = series;
  }

  /** The figure as an HTML fragment; empty if it has a kind of trace that is not drawn here. */
  static Optional<String> of(PlotlyFigure figure) {
    List<PlotSeries> series = new ArrayList<>();
    for (JsonElement trace : figure.traces()) {
      series.add(PlotSeries.of(trace.getAsJsonObject()));
    }
    Kind first = series.isEmpty() ? Kind.OTHER : series.getFirst().kind();
    boolean isOfOneKind = series.stream().allMatch(each -> each.kind() == first);
    boolean isStacked = PlotlyFigure.text(figure.layout().get("barmode")).equals("stack");
    return first == Kind.OTHER || !isOfOneKind || (isStacked && series.size() > 1)
        ? Optional.empty()
        : Optional.of(new PlotlyPicture(figure, series).html(first));
  }

  private String html(Kind kind) {
    Svg svg = Svg.open(html, figure.title(), figure.toString(), WIDTH, HEIGHT);
    List<String> xs = series.stream().flatMap(each -> each.xs().stream()).toList();
    List<String> ys = series.stream().flatMap(each -> each.ys().stream()).toList();
    boolean hasCategories = kind == Kind.BAR || (kind == Kind.BOX && !xs.isEmpty());
    PlotAxis x = hasCategories ? PlotAxis.ofCategories(xs) : PlotAxis.of(xs);
    PlotAxis y = kind == Kind.HORIZONTAL_BAR ? PlotAxis.ofCategories(ys) : PlotAxis.of(ys);
    if (BARS.contains(kind)) {
      (kind == Kind.BAR ? y : x).include(0);
    }
    PlotMarks marks = new PlotMarks(svg, x, y, new PlotMarks.Frame(LEFT, TOP, PLOT, BOTTOM - TOP));
    List<Runnable> drawings = new ArrayList<>();
    for (int i = 0; i < series.size(); i++) {
      drawings.add(marks.drawing(series.get(i), i, series.size()));
    }
    writeAxes(svg, x, y, marks);
    html.newline();
    for (Runnable drawing : drawings) {
      drawing.run();
      html.newline();
    }
    writeLegend(svg, marks);
    String left = marks.leftOut();
    html.close().newline();
    return left.isEmpty() ? html.finish() : html.element("div", left).finish();
  }

  private void writeAxes(Svg svg, PlotAxis x, PlotAxis y, PlotMarks marks) {
    svg.line(LEFT, BOTTOM, LEFT + PLOT, BOTTOM, "0.8", "none");
    svg.line(LEFT, TOP, LEFT, BOTTOM, "0.8", "none");
    for (PlotAxis.Tick tick : x.ticks()) {
      double at = marks.x(tick.at());
      svg.line(at, BOTTOM, at, BOTTOM + 4, "0.8", "none");
      svg.text(at, BOTTOM + 17, "middle", shortened(tick.label()));
    }
    for (PlotAxis.Tick tick : y.ticks()) {
      double at = marks.y(tick.at());
      svg.line(LEFT, at, LEFT + PLOT, at, "0.15", "none");
      svg.text(LEFT - 6, at + 4, "end", shortened(tick.label()));
    }
    svg.text(LEFT + PLOT / 2.0, HEIGHT - 8, "middle", figure.axisTitle("x"));
    svg.text(LEFT, TOP - 8, "middle", figure.axisTitle("y"));
  }

  private static String shortened(String label) {
    return label.length() <= MOST_LETTERS ? label : label.substring(0, MOST_LETTERS - 1) + "…";
  }

  private void writeLegend(Svg svg, PlotMarks marks) {
    List<String> names = series.stream().map(PlotSeries::name).toList();
    if (Stream.of("", "trace 0").anyMatch(names::contains) || names.size() < 2) {
      return;
    }
    double from = LEFT + 90;
    for (int i = 0; i < names.size() && from < WIDTH - 60; i++) {
      marks.sample(series.get(i), i, from, TOP - 12);
      svg.text(from + 22, TOP - 8, "start", names.get(i));
      from += 40 + 7.0 * names.get(i).length();
    }
  }
}
