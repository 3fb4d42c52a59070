package dev.trestle.kernel;

import dev.trestle.memory.ByteSize;
import java.util.List;

/**
 * Horizontal bars for sizes in bytes, as inline SVG: no script, no style sheet.
 *
 * <p>Every bar has its name and its value in words beside it, and the kinds differ in outline and
 * darkness, so the chart can be read without colour. Ink is the text colour of the page around it
 * ({@code currentColor}), for light and dark themes alike.
 *
 * @param title what is measured, for the heading and for screen readers
 * @param groups the bars, in groups with a label each
 */
record BarChart(String title, List<Group> groups) {

  /** Bars that belong together. */
  record Group(String label, List<Bar> bars) {}

  /** One bar. */
  record Bar(String name, long bytes, Ink ink) {}

  /** How a bar is drawn. */
  enum Ink {
    SOLID("0.8"),
    HALF("0.4"),
    OUTLINE("0.06");

    private final String opacity;

    Ink(String opacity) {
      this.opacity = opacity;
    }
  }

  private static final int WIDTH = 720; // of the whole, in pixels at full size
  private static final int BAR_START = 260;
  private static final int LONGEST_BAR = 360; // leaves 100 for the value
  private static final int BAR_STEP = 18;
  private static final int BAR_HEIGHT = 12;
  private static final int GROUP_GAP = 8;
  private static final int HEADING = 26;
  private static final int LONGEST_LABEL = 24; // characters

  BarChart {
    groups = List.copyOf(groups);
  }

  /** Writes the chart as one {@code svg} element. */
  void writeTo(Html html) {
    html.openSvg(title, WIDTH, height());
    html.newline();
    html.element("text", title, "x", "0", "y", "14", "font-weight", "bold").newline();
    long longest =
        groups.stream().flatMap(g -> g.bars.stream()).mapToLong(Bar::bytes).reduce(1, Math::max);
    int y = HEADING;
    for (Group group : groups) {
      text(html, 0, y, "start", group.label);
      for (Bar bar : group.bars) {
        text(html, BAR_START - 8, y, "end", bar.name);
        writeBar(html, bar, y, Math.max(1, Math.round((double) bar.bytes / longest * LONGEST_BAR)));
        y += BAR_STEP;
      }
      y += GROUP_GAP;
    }
    html.close().newline();
  }

  private int height() {
    int bars = groups.stream().mapToInt(g -> g.bars.size()).sum();
    return HEADING + bars * BAR_STEP + groups.size() * GROUP_GAP;
  }

  private static void writeBar(Html html, Bar bar, int y, long length) {
    html.empty(
        "rect",
        "x",
        Integer.toString(BAR_START),
        "y",
        Integer.toString(y),
        "width",
        Long.toString(length),
        "height",
        Integer.toString(BAR_HEIGHT),
        "fill-opacity",
        bar.ink.opacity,
        "stroke",
        "currentColor");
    html.element(
        "text",
        ByteSize.format(bar.bytes),
        "x",
        Long.toString(BAR_START + length + 6),
        "y",
        Integer.toString(y + 10));
    html.newline();
  }

  /** Writes text that starts or ends at x; a long one is cut, and whole in its tooltip. */
  private static void text(Html html, int x, int y, String anchor, String text) {
    html.open(
        "text", "x", Integer.toString(x), "y", Integer.toString(y + 10), "text-anchor", anchor);
    if (text.length() > LONGEST_LABEL) {
      html.element("title", text).text(text.substring(0, LONGEST_LABEL - 1) + "…");
    } else {
      html.text(text);
    }
    html.close();
  }
}
