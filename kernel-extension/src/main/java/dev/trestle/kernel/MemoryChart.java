package dev.trestle.kernel;

import dev.trestle.memory.ByteSize;
import dev.trestle.memory.MemoryTimeline;
import dev.trestle.memory.MemoryTimeline.Mark;
import dev.trestle.memory.MemoryTimeline.Moment;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Memory over time as inline SVG: bands on top of each other, and the machine's free memory below.
 *
 * <p>Not from a chart library: those that write SVG are under the GPL or LGPL (JFreeSVG, and
 * VectorGraphics2D below XChart) or weigh 4 MB (Batik), all draw through AWT, and none can use the
 * colours of the page around it.
 */
final class MemoryChart {
  /** What the label of a line of the cell begins with. */
  static final String LINE = "line ";

  private static final int WIDTH = 720;
  private static final int STRIP_TOP = MemoryBands.BOTTOM + 50;
  private static final int STRIP = 36; // its height
  private static final int MOST_POINTS = 240;
  private static final int CLOSEST_MARKS = 40; // labels of marks would lie on each other
  private static final int MARK_STEP = 11;
  private static final int MARK_LETTER = 6; // at most, in the font of marks

  private final MemoryTimeline timeline;
  private final MemoryBands bands;

  MemoryChart(MemoryTimeline timeline, List<MemoryBand> bands) {
    this.timeline = timeline;
    this.bands = new MemoryBands(timeline, points(timeline.moments()), bands);
  }

  void writeTo(Html html) {
    String title = "Memory over " + TimeSpan.format(timeline.length());
    String spoken = title + ", peak " + ByteSize.format(timeline.peak().total());
    Svg svg = Svg.open(html, title, spoken, WIDTH, STRIP_TOP + STRIP + 8);
    writeAxes(svg);
    html.newline();
    bands.writeTo(html, svg);
    for (Mark mark : timeline.marks()) {
      html.open("g").element("title", mark.label() + " at " + TimeSpan.format(mark.at()));
      double top = MemoryBands.TOP - 8 - row(mark) * MARK_STEP;
      svg.line(x(mark), top, x(mark), MemoryBands.BOTTOM, "0.6", "1 3");
      html.close().newline();
    }
    writeMarkLabels(svg);
    writePeak(svg);
    writeFree(svg);
    html.close().newline();
  }

  /** The moments drawn: all of them, or the largest one of each stretch, and the last. */
  private static List<Moment> points(List<Moment> all) {
    if (all.size() <= MOST_POINTS) {
      return all;
    }
    Stream<Moment> largest =
        IntStream.range(0, MOST_POINTS)
            .mapToObj(i -> {
              int from = (int) ((long) all.size() * i / MOST_POINTS);
              int to = (int) ((long) all.size() * (i + 1) / MOST_POINTS);
              return all.subList(from, to).stream()
                  .reduce((a, b) -> b.total() > a.total() ? b : a)
                  .orElseThrow();
            });
    return Stream.concat(largest, Stream.of(all.getLast())).toList();
  }

  private void writeAxes(Svg svg) {
    int left = MemoryBands.LEFT;
    int right = left + MemoryBands.PLOT;
    for (int i = 0; i <= 4; i++) {
      long size = bands.top() / 4 * i;
      svg.line(left, bands.y(size), right, bands.y(size), i == 0 ? "0.8" : "0.15", "none");
      svg.text(left - 6, bands.y(size) + 4, "end", ByteSize.format(size));
      Duration at = Duration.ofNanos(timeline.length().toNanos() / 4 * i);
      String time = i == 0 ? "0 s" : TimeSpan.format(at);
      svg.text(bands.x(at), MemoryBands.BOTTOM + 16, "middle", time);
    }
  }

  /** Lines of the cell below, phases that it names above them: those are the ones to see. */
  private static int row(Mark mark) {
    return mark.label().startsWith(LINE) ? 0 : 1;
  }

  private double x(Mark mark) {
    return bands.x(mark.at());
  }

  private void writeMarkLabels(Svg svg) {
    double[] free = {0, 0}; // from where on a label has room, below and above
    for (Mark mark : timeline.marks()) {
      int row = row(mark);
      if (x(mark) >= free[row]) {
        double y = MemoryBands.TOP - 2 - row * MARK_STEP;
        svg.text(x(mark) + 2, y, "start", mark.label(), "font-size", "10");
        free[row] = x(mark) + Math.max(CLOSEST_MARKS, mark.label().length() * MARK_LETTER);
      }
    }
  }

  private void writePeak(Svg svg) {
    Moment peak = timeline.peak();
    double x = bands.x(peak.at());
    double y = bands.y(peak.total());
    svg.shape("circle", "cx", Svg.number(x), "cy", Svg.number(y), "r", "4", "fill", "none");
    boolean isLeft = x < MemoryBands.LEFT + MemoryBands.PLOT / 2.0;
    svg.text(
        isLeft ? x + 8 : x - 8,
        Math.max(y - 6, MemoryBands.TOP + 10),
        isLeft ? "start" : "end",
        "peak " + ByteSize.format(peak.total()),
        "font-weight",
        "bold");
  }

  /** A strip of its own: a machine's free memory is many times what most cells take. */
  private void writeFree(Svg svg) {
    List<Moment> shown = bands.shown();
    long most = Math.max(1, shown.stream().mapToLong(Moment::available).max().orElse(1));
    long least = shown.stream().mapToLong(Moment::available).min().orElse(0);
    int left = MemoryBands.LEFT;
    int floor = STRIP_TOP + STRIP;
    String path =
        shown.stream()
            .map(m -> bands.point(m, floor - (double) m.available() / most * STRIP))
            .collect(Collectors.joining("L", "M", ""));
    String caption = "free on this machine, least " + ByteSize.format(least);
    svg.text(left, STRIP_TOP - 6, "start", caption, "font-size", "11");
    svg.line(left, floor, left + MemoryBands.PLOT, floor, "0.8", "none");
    svg.shape("path", "d", path, "fill", "none", "stroke-width", "1.5", "stroke-dasharray", "5 3");
    svg.text(left - 6, STRIP_TOP + 8, "end", ByteSize.format(most), "font-size", "10");
    svg.text(left - 6, floor + 3, "end", "0 B", "font-size", "10");
  }
}
