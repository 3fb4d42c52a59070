package dev.trestle.kernel;

import dev.trestle.memory.ByteSize;
import dev.trestle.worker.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far a call is: a bar, a lane for each worker, the memory, and the figures in words. As inline
 * SVG without script, in the ink of the page around it.
 *
 * @param memory bytes from the beginning to now, as far as measured
 * @param peak the most bytes that were measured; 0 if none were
 */
record CallPicture(Progress progress, List<Lane> lanes, List<Double> memory, long peak) {

  /**
   * A worker.
   *
   * @param busy from the beginning to now, each between 0 and 1
   * @param share of the time that it was busy
   */
  record Lane(Progress.Activity now, List<Double> busy, double share) {}

  private static final int MOST_LANES = 16;
  private static final int CELLS = 30; // of the bar of text

  private static final int WIDTH = 720; // of the picture, in pixels at full size
  private static final int BAR = 420;
  private static final int BAR_HEIGHT = 14;
  private static final int LANE_START = 80;
  private static final int LANE_STEP = 16;
  private static final int LANE_HEIGHT = 11;
  private static final int FIRST_LANE = 30;
  private static final int CURVE_START = 500;
  private static final int CURVE = 120;

  CallPicture {
    lanes = List.copyOf(lanes);
    memory = List.copyOf(memory);
  }

  /** The figures in one line, behind a bar of characters. */
  String text() {
    String bar = "";
    if (progress.total() > 0) {
      int full = (int) Math.round(share() * CELLS);
      bar = "[" + "#".repeat(full) + " ".repeat(CELLS - full) + "] ";
    }
    return bar + figures();
  }

  String html() {
    Html html = new Html();
    html.open("div", "class", "trestle-progress");
    int shown = Math.min(lanes.size(), MOST_LANES);
    int height = FIRST_LANE + shown * LANE_STEP;
    Svg svg = Svg.open(html, figures(), WIDTH, height);
    writeBar(svg);
    writeMemory(svg);
    html.newline();
    for (int i = 0; i < shown; i++) {
      writeLane(svg, lanes.get(i), FIRST_LANE + i * LANE_STEP);
      html.newline();
    }
    html.close().newline();
    String more = lanes.size() > shown ? "; %d more workers".formatted(lanes.size() - shown) : "";
    html.element("div", figures() + more, "style", "margin:0.2em 0");
    return html.close().finish();
  }

  private void writeBar(Svg svg) {
    svg.rectangle(0, 3, BAR, BAR_HEIGHT, "0.06");
    if (progress.total() >= 0) {
      svg.area(0, 3, share() * BAR, BAR_HEIGHT, "0.6");
      svg.text(BAR + 10, 14, "start", "%d%%".formatted((int) (share() * 100)));
    }
  }

  private void writeMemory(Svg svg) {
    if (memory.isEmpty() || peak == 0) {
      return;
    }
    curve(svg, memory, (double) peak, CURVE_START, CURVE, 3, BAR_HEIGHT);
    String size =
        progress.isOver()
            ? "peak " + ByteSize.format(peak)
            : ByteSize.format(Math.round(memory.getLast()));
    svg.text(CURVE_START + CURVE + 6, 14, "start", size);
  }

  private void writeLane(Svg svg, Lane lane, int y) {
    svg.text(0, y + 10, "start", "worker " + lane.now().worker());
    svg.area(LANE_START, y, BAR - LANE_START, LANE_HEIGHT, "0.06");
    curve(svg, lane.busy(), 1, LANE_START, BAR - LANE_START, y, LANE_HEIGHT);
    String task = lane.now().task();
    String state =
        progress.isOver()
            ? "busy %.0f%% of the time".formatted(lane.share() * 100)
            : activity(lane.now(), task);
    svg.text(BAR + 10, y + 10, "start", state);
  }

  private static String activity(Progress.Activity now, @Nullable String task) {
    if (now.pid() == 0) {
      return "starting";
    }
    return task == null ? "idle" : "%s for %s".formatted(task, seconds(now.since()));
  }

  /** Fills what lies below a line of values, the first at the left edge, the last at the right. */
  private static void curve(
      Svg svg, List<Double> values, double most, int x, int width, int y, int height) {
    if (values.isEmpty()) {
      return;
    }
    StringBuilder points = new StringBuilder();
    point(points, x, y + height);
    double step = width / (double) Math.max(1, values.size() - 1);
    for (int i = 0; i < values.size(); i++) {
      double top = y + height * (1 - Math.min(1, values.get(i) / most));
      point(points, x + i * step, top);
      if (values.size() == 1) {
        point(points, x + (double) width, top);
      }
    }
    point(points, x + width, y + height);
    svg.shape(
        "polygon", "points", points.toString().strip(), "fill-opacity", "0.4", "stroke", "none");
  }

  private static void point(StringBuilder points, double x, double y) {
    points.append(Svg.number(x)).append(',').append(Svg.number(y)).append(' ');
  }

  private double share() {
    return progress.total() == 0 ? 1 : Math.min(1, (double) progress.done() / progress.total());
  }

  /** Such as: 42 of 100 tasks, 12.3 a second, about 5 s left, 1 attempt failed. */
  String figures() {
    List<String> parts = new ArrayList<>();
    String done = count(progress.done());
    String tasks = progress.total() < 0 ? done : done + " of " + count(progress.total());
    boolean isCut = progress.isOver() && progress.done() < progress.total();
    String end = !isCut ? "" : progress.failed() > 0 ? "failed after " : "stopped after ";
    String time = progress.isOver() ? " in " + seconds(progress.elapsed()) : "";
    parts.add(end + tasks + (progress.total() == 1 ? " task" : " tasks") + time);
    if (progress.done() > 0) {
      parts.add(rate(progress.rate()) + " a second");
    }
    if (!progress.isOver() && progress.secondsLeft().isPresent()) {
      Duration left = Duration.ofSeconds(progress.secondsLeft().getAsLong());
      parts.add("about " + seconds(left) + " left");
    }
    if (progress.failed() > 0) {
      long failed = progress.failed();
      parts.add(failed == 1 ? "1 attempt failed" : count(failed) + " attempts failed");
    }
    return String.join(", ", parts);
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String rate(double rate) {
    return String.format(Locale.ROOT, rate < 10 ? "%.2f" : rate < 100 ? "%.1f" : "%,.0f", rate);
  }

  private static String seconds(Duration time) {
    long seconds = time.toSeconds();
    if (seconds < 10) {
      String tenths = String.format(Locale.ROOT, "%.1f", time.toMillis() / 1000.0);
      return (tenths.endsWith(".0") ? tenths.substring(0, tenths.length() - 2) : tenths) + " s";
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? "%d min %d s".formatted(seconds / 60, seconds % 60)
        : "%d h %d min".formatted(seconds / 3600, seconds / 60 % 60);
  }
}
