package dev.trestle.kernel;

import dev.trestle.memory.ByteSize;
import dev.trestle.memory.MemoryTimeline;
import dev.trestle.memory.MemoryTimeline.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The stacked bands of a {@link MemoryChart}.
 *
 * <p>Each has its name beside it and a line around it, and what is shared is hatched, so they can
 * be told apart without colour. The colours lie between light and dark, and follow the system's
 * theme where the front end lets a style sheet through.
 *
 * @param shown the moments that are drawn
 * @param bands from the bottom to the top
 */
record MemoryBands(MemoryTimeline timeline, List<Moment> shown, List<MemoryBand> bands) {
  static final int LEFT = 66;
  static final int PLOT = 445; // its width
  static final int TOP = 40;
  static final int BOTTOM = 240;

  private static final int LABEL_STEP = 15;

  /** A fill on a light page and one on a dark page. */
  private record Fill(String name, String light, String dark) {}

  private static final Fill SHARED = new Fill("trestle-band-shared", "#1f9e89", "#3fc7af");
  private static final Fill FILES = new Fill("trestle-band-files", "#8b9099", "#a4a9b3");
  private static final List<Fill> PROCESSES =
      List.of(
          new Fill("trestle-band-0", "#4878cf", "#7aa2f0"),
          new Fill("trestle-band-1", "#d9822b", "#f0a75c"),
          new Fill("trestle-band-2", "#a463b0", "#c98ad4"),
          new Fill("trestle-band-3", "#5f9e3f", "#8cc96b"));

  /** A pattern's name has to be the only one on a page with several charts. */
  private static final AtomicLong NUMBERS = new AtomicLong();

  void writeTo(Html html, Svg svg) {
    String hatch = "trestle-hatch-%x-%d".formatted(System.nanoTime(), NUMBERS.incrementAndGet());
    html.element("style", darkTheme()).newline();
    writeHatch(html, svg, hatch);
    double[] floor = new double[shown.size()];
    Arrays.fill(floor, BOTTOM);
    List<Label> labels = new ArrayList<>();
    int process = 0;
    for (MemoryBand band : bands) {
      double[] ceiling = new double[floor.length];
      for (int i = 0; i < ceiling.length; i++) {
        ceiling[i] = floor[i] - (BOTTOM - y(band.of(shown.get(i))));
      }
      Fill fill =
          switch (band.kind()) {
            case SHARED -> SHARED;
            case FILES -> FILES;
            case PROCESS -> PROCESSES.get(process++ % PROCESSES.size());
          };
      writeBand(html, band, fill, outline(floor, ceiling));
      if (band.kind() == MemoryBand.Kind.SHARED) {
        html.empty("path", "d", outline(floor, ceiling), "fill", "url(#" + hatch + ")");
      }
      html.newline();
      int last = floor.length - 1;
      labels.add(new Label(band, (floor[last] + ceiling[last]) / 2));
      floor = ceiling;
    }
    writeLabels(svg, labels);
    html.newline();
  }

  private static String darkTheme() {
    StringBuilder css = new StringBuilder("@media (prefers-color-scheme: dark) {");
    List<Fill> all = new ArrayList<>(PROCESSES);
    all.addAll(List.of(SHARED, FILES));
    all.forEach(fill -> css.append(".%s{fill:%s}".formatted(fill.name, fill.dark)));
    return css.append('}').toString();
  }

  private static void writeHatch(Html html, Svg svg, String id) {
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
            "rotate(45)");
    svg.line(0, 0, 0, 6, "0.45", "none");
    html.close().close().newline();
  }

  private static void writeBand(Html html, MemoryBand band, Fill fill, String outline) {
    html.open(
        "path",
        "d",
        outline,
        "class",
        fill.name,
        "fill",
        fill.light,
        "fill-opacity",
        "0.85",
        "stroke",
        "currentColor",
        "stroke-width",
        "0.7");
    html.element("title", band.name()).close();
  }

  private String outline(double[] floor, double[] ceiling) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < ceiling.length; i++) {
      path.append(i == 0 ? "M" : "L").append(point(shown.get(i), ceiling[i]));
    }
    for (int i = floor.length - 1; i >= 0; i--) {
      path.append('L').append(point(shown.get(i), floor[i]));
    }
    return path.append('Z').toString();
  }

  /** A band's name, and the height of the band's end. */
  private record Label(MemoryBand band, double end) {}

  /** Beside the ends of the bands, from the bottom up, none on another. */
  private void writeLabels(Svg svg, List<Label> labels) {
    int right = LEFT + PLOT;
    double lowest = BOTTOM;
    for (int i = 0; i < labels.size(); i++) {
      Label label = labels.get(i);
      double highest = TOP - 10 + (labels.size() - 1 - i) * LABEL_STEP; // room for those above
      double y = Math.min(Math.max(Math.min(label.end, lowest), highest), lowest);
      String size = ByteSize.format(label.band.largest(timeline));
      svg.line(right + 2, label.end, right + 14, y, "0.5", "none");
      svg.text(right + 18, y + 4, "start", label.band.name() + ", up to " + size);
      lowest = y - LABEL_STEP;
    }
  }

  /** The size at the upper end of the scale: rounded up to three or four significant bits. */
  long top() {
    long peak = Math.max(1, timeline.peak().total());
    long unit = Math.max(4, Long.highestOneBit(peak) / 4);
    return (peak + unit - 1) / unit * unit;
  }

  double y(long bytes) {
    return BOTTOM - (double) bytes / top() * (BOTTOM - TOP);
  }

  double x(Duration at) {
    double whole = Math.max(1, timeline.length().toNanos());
    return LEFT + Math.min(1, at.toNanos() / whole) * PLOT;
  }

  String point(Moment moment, double y) {
    return Svg.number(x(moment.at())) + "," + Svg.number(y);
  }
}
