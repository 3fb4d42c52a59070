package dev.trestle.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The parts that charts have in common, as inline SVG in the text colour of the page around it
 * ({@code currentColor}), for light and dark themes alike. Positions in pixels at full size.
 */
final class Svg {
  private final Html html;

  private Svg(Html html) {
    this.html = html;
  }

  /**
   * Opens a chart with its heading; {@link Html#close} ends it.
   *
   * @param spoken what screen readers say
   */
  static Svg open(Html html, String title, String spoken, int width, int height) {
    Svg svg = open(html, spoken, width, height);
    html.element("text", title, "x", "0", "y", "14", "font-weight", "bold").newline();
    return svg;
  }

  /** As above, without a heading. */
  static Svg open(Html html, String spoken, int width, int height) {
    html.openSvg(spoken, width, height);
    html.newline();
    return new Svg(html);
  }

  /** Text that starts at x, is about it ({@code middle}), or ends there. */
  void text(double x, double y, String anchor, String text, String... more) {
    List<String> attributes =
        new ArrayList<>(List.of("x", number(x), "y", number(y), "text-anchor", anchor));
    attributes.addAll(List.of(more));
    html.element("text", text, attributes.toArray(String[]::new));
  }

  /**
   * A line.
   *
   * @param dashes and the gaps between them, such as {@code 5 3}; {@code none} for none
   */
  void line(double x1, double y1, double x2, double y2, String opacity, String dashes) {
    shape(
        "line",
        "x1",
        number(x1),
        "y1",
        number(y1),
        "x2",
        number(x2),
        "y2",
        number(y2),
        "stroke-opacity",
        opacity,
        "stroke-dasharray",
        dashes);
  }

  /** A rectangle with an outline, filled as darkly as is said. */
  void rectangle(double x, double y, double width, double height, String opacity) {
    rectangle(x, y, width, height, opacity, "currentColor");
  }

  /** A rectangle without an outline. */
  void area(double x, double y, double width, double height, String opacity) {
    rectangle(x, y, width, height, opacity, "none");
  }

  private void rectangle(
      double x, double y, double width, double height, String opacity, String stroke) {
    shape(
        "rect",
        "x",
        number(x),
        "y",
        number(y),
        "width",
        number(width),
        "height",
        number(height),
        "fill-opacity",
        opacity,
        "stroke",
        stroke);
  }

  /** A shape that is drawn in the colour of the text, unless its attributes name another one. */
  void shape(String tag, String... attributes) {
    List<String> all = new ArrayList<>(List.of(attributes));
    if (!all.contains("stroke")) {
      all.addAll(List.of("stroke", "currentColor"));
    }
    html.empty(tag, all.toArray(String[]::new));
  }

  /** A position, in tenths. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
