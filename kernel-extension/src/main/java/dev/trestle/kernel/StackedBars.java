package dev.trestle.kernel;

import dev.trestle.memory.ByteSize;
import java.util.List;

/**
 * Horizontal bars of sizes that add up, as inline SVG: no script, no style sheet.
 *
 * <p>Parts differ in darkness, each has its size in words at the bar, and the legend has them in
 * the same order, so the chart can be read without colour. Ink is the text colour of the page.
 *
 * @param title what is measured, for the heading and for screen readers
 * @param parts what the parts of each bar are, from the left; three at most
 * @param bars the bars, from the top
 */
record StackedBars(String title, List<String> parts, List<Bar> bars) {

  /** One bar; a size in bytes for each part. */
  record Bar(String label, List<Long> sizes) {
    Bar {
      sizes = sizes.stream().map(size -> Math.max(0, size)).toList();
    }

    long total() {
      return sizes.stream().mapToLong(Long::longValue).sum();
    }
  }

  private static final int WIDTH = 720; // of the whole, in pixels at full size
  private static final int BAR_START = 150;
  private static final int LONGEST_BAR = 330; // leaves 240 for the sizes
  private static final int BAR_HEIGHT = 14;
  private static final int STEP = 22;
  private static final int HEADING = 48; // with the legend
  private static final double LETTER = 6.8; // the width of one, or a little more
  private static final List<String> OPACITIES = List.of("0.8", "0.4", "0.06");

  StackedBars {
    parts = List.copyOf(parts);
    bars = List.copyOf(bars);
  }

  /** Writes the chart as one {@code svg} element. */
  void writeTo(Html html) {
    int height = HEADING + bars.size() * STEP;
    Svg svg = Svg.open(html, title, title, WIDTH, height);
    double x = 0;
    for (int i = 0; i < parts.size(); i++) {
      svg.rectangle(x, HEADING - 24, 12, BAR_HEIGHT, OPACITIES.get(i));
      svg.text(x + 18, HEADING - 13, "start", parts.get(i));
      x += 18 + parts.get(i).length() * LETTER + 20;
    }
    html.newline();
    long longest = bars.stream().mapToLong(Bar::total).reduce(1, Math::max);
    int y = HEADING;
    for (Bar bar : bars) {
      write(svg, bar, y, longest);
      html.newline();
      y += STEP;
    }
    html.close().newline();
  }

  private static void write(Svg svg, Bar bar, int y, long longest) {
    svg.text(0, y + BAR_HEIGHT - 3, "start", bar.label);
    long before = 0;
    StringBuilder sizes = new StringBuilder();
    for (int i = 0; i < bar.sizes.size(); i++) {
      long after = before + bar.sizes.get(i);
      double from = BAR_START + (double) before / longest * LONGEST_BAR;
      double to = BAR_START + (double) after / longest * LONGEST_BAR;
      svg.rectangle(from, y, Math.max(0.5, to - from), BAR_HEIGHT, OPACITIES.get(i));
      sizes.append(i == 0 ? "" : " · ").append(ByteSize.format(after));
      before = after;
    }
    double end = BAR_START + (double) before / longest * LONGEST_BAR;
    svg.text(end + 6, y + BAR_HEIGHT - 3, "start", sizes.toString());
  }
}
