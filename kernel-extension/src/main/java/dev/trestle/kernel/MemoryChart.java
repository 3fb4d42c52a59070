package dev.trestle.kernel;

import dev.trestle.memory.ByteSize;
import dev.trestle.memory.MemoryTimeline;
import dev.trestle.memory.MemoryTimeline.Mark;
import dev.trestle.memory.MemoryTimeline.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Memory over time as inline SVG: bands on top of each other, and the machine's free memory below.
 *
 * <p>Each band has its name beside it and a line around it, and what is shared is hatched, so the
 * chart can be read without colour. Text and lines are in the text colour of the page around it;
 * the colours of bands lie between light and dark, and follow the system's theme where the front
 * end lets a style sheet through.
 *
 * <p>Not from a chart library: those that write SVG are under the GPL or LGPL (JFreeSVG, and
 * VectorGraphics2D below XChart) or bring 4 MB (Batik), all draw through AWT, whose start alone
 * takes longer than this chart, and none can use the colours of the page around it.
 */
record MemoryChart(MemoryTimeline timeline, List<MemoryBand> bands) {
  private static final int WIDTH = 720; // of the whole, in pixels at full size
  private static final int LEFT = 66;
  private static final int PLOT = 445; // its width
  private static final int TOP = 40;
  private static final int HEIGHT = 200; // of the plot
  private static final int STRIP_TOP = TOP + HEIGHT + 50;
  private static final int STRIP = 36;
  private static final int BOTTOM = STRIP_TOP + STRIP + 8;
  private static final int MOST_POINTS = 240;
  private static final int LABEL_STEP = 15;
  private static final int CLOSEST_MARKS = 40; // labels of marks would lie on each other
  private static final int MARK_STEP = 11;
  private static final int MARK_LETTER = 6; // at most, in the font of marks

  /** What the label of a line of the cell begins with. */
  static final String LINE = "line ";

  /** Two each: for a light page and for a dark one. */
  private static final List<String> COLOURS =
      List.of(
          "#4878cf", "#7aa2f0", "#d9822b", "#f0a75c", "#a463b0", "#c98ad4", "#5f9e3f", "#8cc96b");

  private static final String SHARED = "#1f9e89";
  private static final String FILES = "#8b9099";

  /** A pattern's name has to be the only one on a page with several charts. */
  private static final AtomicLong NUMBERS = new AtomicLong();

  void writeTo(Html html) {
    List<Moment> shown = points();
    long top = roundedUp(Math.max(1, timeline.peak().total()));
    String hatch = "trestle-hatch-%x-%d".formatted(System.nanoTime(), NUMBERS.incrementAndGet());
    String title = "Memory over " + TimeSpan.format(timeline.length());
    html.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "role",
        "img",
        "aria-label",
        title + ", peak " + size(timeline.peak().total()),
        "viewBox",
        "0 0 " + WIDTH + " " + BOTTOM,
        "width",
        "" + WIDTH,
        "style",
        "max-width:100%;height:auto;font-family:inherit",
        "font-size",
        "12",
        "fill",
        "currentColor");
    html.newline();
    html.element("style", darkTheme()).newline();
    writeHatch(html, hatch);
    html.element("text", title, "x", "0", "y", "14", "font-weight", "bold").newline();
    writeAxes(html, top);
    writeBands(html, shown, top, hatch);
    writeMarks(html);
    writePeak(html, top);
    writeFree(html, shown);
    html.close().newline();
  }

  /** The moments drawn: all of them, or the largest one of each stretch. */
  private List<Moment> points() {
    List<Moment> all = timeline.moments();
    if (all.size() <= MOST_POINTS) {
      return all;
    }
    List<Moment> kept = new ArrayList<>();
    for (int i = 0; i < MOST_POINTS; i++) {
      int from = (int) ((long) all.size() * i / MOST_POINTS);
      int to = (int) ((long) all.size() * (i + 1) / MOST_POINTS);
      kept.add(
          all.subList(from, to).stream()
              .reduce((a, b) -> b.total() > a.total() ? b : a)
              .orElseThrow());
    }
    kept.add(all.getLast());
    return kept;
  }

  private static String darkTheme() {
    StringBuilder css = new StringBuilder("@media (prefers-color-scheme: dark) {");
    for (int i = 0; i < COLOURS.size(); i += 2) {
      css.append(".trestle-band-%d{fill:%s}".formatted(i / 2, COLOURS.get(i + 1)));
    }
    return css.append(".trestle-band-shared{fill:#3fc7af}.trestle-band-files{fill:#a4a9b3}}")
        .toString();
  }

  private static void writeHatch(Html html, String id) {
    html.open("defs")
        .open(
            "pattern",
            "id",
            id,
            "width",
            "6",
            "height",
            "6",
            "patternUnits",
            "userSpaceOnUse",
            "patternTransform",
            "rotate(45)")
        .empty(
            "line",
            "x1",
            "0",
            "y1",
            "0",
            "x2",
            "0",
            "y2",
            "6",
            "stroke",
            "currentColor",
            "stroke-opacity",
            "0.45")
        .close()
        .close()
        .newline();
  }

  private void writeAxes(Html html, long top) {
    for (int i = 0; i <= 4; i++) {
      double y = TOP + HEIGHT - HEIGHT * i / 4.0;
      line(html, LEFT, y, LEFT + PLOT, y, i == 0 ? "0.8" : "0.15", "");
      text(html, LEFT - 6, y + 4, "end", size(top / 4 * i));
    }
    for (int i = 0; i <= 4; i++) {
      Duration at = Duration.ofNanos(timeline.length().toNanos() / 4 * i);
      text(html, x(at), TOP + HEIGHT + 16, "middle", i == 0 ? "0 s" : TimeSpan.format(at));
    }
    html.newline();
  }

  private void writeBands(Html html, List<Moment> shown, long top, String hatch) {
    double[] floor = new double[shown.size()];
    Arrays.fill(floor, TOP + HEIGHT);
    List<Label> labels = new ArrayList<>();
    int process = 0;
    for (MemoryBand band : bands) {
      double[] ceiling = new double[shown.size()];
      for (int i = 0; i < ceiling.length; i++) {
        ceiling[i] = floor[i] - (double) band.of(shown.get(i)) / top * HEIGHT;
      }
      String outline = outline(shown, floor, ceiling);
      switch (band.kind()) {
        case SHARED -> {
          band(html, band, outline, SHARED, "trestle-band-shared");
          html.empty("path", "d", outline, "fill", "url(#" + hatch + ")");
        }
        case FILES -> band(html, band, outline, FILES, "trestle-band-files");
        case PROCESS -> {
          int colour = process++ % (COLOURS.size() / 2);
          band(html, band, outline, COLOURS.get(2 * colour), "trestle-band-" + colour);
        }
      }
      html.newline();
      int last = shown.size() - 1;
      labels.add(new Label(band, (floor[last] + ceiling[last]) / 2));
      floor = ceiling;
    }
    writeLabels(html, labels);
  }

  /** A band's name, and the height of the band's end. */
  private record Label(MemoryBand band, double end) {}

  private static void band(Html html, MemoryBand band, String outline, String fill, String type) {
    html.open(
        "path",
        "d",
        outline,
        "class",
        type,
        "fill",
        fill,
        "fill-opacity",
        "0.85",
        "stroke",
        "currentColor",
        "stroke-width",
        "0.7",
        "stroke-opacity",
        "0.7");
    html.element("title", band.name()).close();
  }

  private String outline(List<Moment> shown, double[] floor, double[] ceiling) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < ceiling.length; i++) {
      path.append(i == 0 ? "M" : "L").append(point(shown.get(i), ceiling[i]));
    }
    for (int i = floor.length - 1; i >= 0; i--) {
      path.append('L').append(point(shown.get(i), floor[i]));
    }
    return path.append('Z').toString();
  }

  private String point(Moment moment, double y) {
    return number(x(moment.at())) + "," + number(y);
  }

  /** Beside the ends of the bands, from the bottom up, none on another. */
  private void writeLabels(Html html, List<Label> labels) {
    double lowest = TOP + HEIGHT;
    for (int i = 0; i < labels.size(); i++) {
      Label label = labels.get(i);
      int above = labels.size() - 1 - i;
      double y = Math.max(Math.min(label.end(), lowest), TOP - 10 + above * LABEL_STEP);
      y = Math.min(y, lowest);
      int right = LEFT + PLOT;
      line(html, right + 2, label.end(), right + 14, y, "0.5", "");
      text(
          html,
          right + 18,
          y + 4,
          "start",
          label.band().name() + ", up to " + size(label.band().largest(timeline)));
      lowest = y - LABEL_STEP;
    }
    html.newline();
  }

  /** Lines of the cell below, phases that it names above them: those are the ones to see. */
  private void writeMarks(Html html) {
    double[] free = {0, 0}; // from where on a label has room, below and above
    for (Mark mark : timeline.marks()) {
      double x = x(mark.at());
      int row = mark.label().startsWith(LINE) ? 0 : 1;
      html.open("g");
      html.element("title", mark.label() + " at " + TimeSpan.format(mark.at()));
      line(html, x, TOP - 8 - row * MARK_STEP, x, TOP + HEIGHT, "0.6", "1 3");
      if (x >= free[row]) {
        text(html, x + 2, TOP - 2 - row * MARK_STEP, "start", mark.label(), "font-size", "10");
        free[row] = x + Math.max(CLOSEST_MARKS, mark.label().length() * MARK_LETTER);
      }
      html.close().newline();
    }
  }

  private void writePeak(Html html, long top) {
    Moment peak = timeline.peak();
    double x = x(peak.at());
    double y = TOP + HEIGHT - (double) peak.total() / top * HEIGHT;
    html.empty(
        "circle",
        "cx",
        number(x),
        "cy",
        number(y),
        "r",
        "4",
        "fill",
        "none",
        "stroke",
        "currentColor",
        "stroke-width",
        "1.5");
    boolean isLeft = x < LEFT + PLOT / 2.0;
    text(
        html,
        isLeft ? x + 8 : x - 8,
        Math.max(y - 6, TOP + 10),
        isLeft ? "start" : "end",
        "peak " + size(peak.total()),
        "font-weight",
        "bold");
    html.newline();
  }

  /** A strip of its own: a machine's free memory is many times what most cells take. */
  private void writeFree(Html html, List<Moment> shown) {
    long most = Math.max(1, shown.stream().mapToLong(Moment::available).max().orElse(1));
    long least = shown.stream().mapToLong(Moment::available).min().orElse(0);
    String path =
        shown.stream()
            .map(m -> point(m, STRIP_TOP + STRIP - (double) m.available() / most * STRIP))
            .collect(Collectors.joining("L", "M", ""));
    text(
        html,
        LEFT,
        STRIP_TOP - 6,
        "start",
        "free on this machine, least " + size(least),
        "font-size",
        "11");
    line(html, LEFT, STRIP_TOP + STRIP, LEFT + PLOT, STRIP_TOP + STRIP, "0.8", "");
    html.empty(
        "path",
        "d",
        path,
        "fill",
        "none",
        "stroke",
        "currentColor",
        "stroke-width",
        "1.5",
        "stroke-dasharray",
        "5 3");
    text(html, LEFT - 6, STRIP_TOP + 8, "end", size(most), "font-size", "10");
    text(html, LEFT - 6, STRIP_TOP + STRIP + 3, "end", "0 B", "font-size", "10");
    html.newline();
  }

  private double x(Duration at) {
    double whole = Math.max(1, timeline.length().toNanos());
    return LEFT + Math.min(1, at.toNanos() / whole) * PLOT;
  }

  /** The next size above that is 1, 2, 4, 8... of something readable. */
  private static long roundedUp(long bytes) {
    long unit = Math.max(4, Long.highestOneBit(bytes) / 4);
    return (bytes + unit - 1) / unit * unit;
  }

  private static void line(
      Html html, double x1, double y1, double x2, double y2, String opacity, String dashes) {
    html.empty(
        "line",
        "x1",
        number(x1),
        "y1",
        number(y1),
        "x2",
        number(x2),
        "y2",
        number(y2),
        "stroke",
        "currentColor",
        "stroke-opacity",
        opacity,
        "stroke-dasharray",
        dashes.isEmpty() ? "none" : dashes);
  }

  private static void text(
      Html html, double x, double y, String anchor, String text, String... more) {
    List<String> attributes =
        new ArrayList<>(List.of("x", number(x), "y", number(y), "text-anchor", anchor));
    attributes.addAll(List.of(more));
    html.element("text", text, attributes.toArray(String[]::new));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String size(long bytes) {
    return ByteSize.format(bytes);
  }
}
