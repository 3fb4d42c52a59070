package dev.trestle.kernel;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes a fragment that is HTML and well-formed XML at once, so that any front end can show it and
 * any XML parser can check it. Text and attribute values are escaped; there is no way around that.
 */
final class Html {
  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /** Opens an element; attributes come as name, value, name, value. */
  Html open(String tag, String... attributes) {
    start(tag, attributes).append('>');
    open.push(tag);
    return this;
  }

  /**
   * Opens a picture in the ink of the page around it, smaller where the page is narrow.
   *
   * @param spoken what screen readers say
   */
  Html openSvg(String spoken, int width, int height) {
    return open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "role",
        "img",
        "aria-label",
        spoken,
        "viewBox",
        "0 0 " + width + " " + height,
        "width",
        Integer.toString(width),
        "style",
        "max-width:100%;height:auto;font-family:inherit",
        "font-size",
        "12",
        "fill",
        "currentColor");
  }

  /** Closes the element opened last. */
  Html close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  Html text(String text) {
    escape(text);
    return this;
  }

  /** An element with text and nothing else. */
  Html element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close();
  }

  /** An element without content, such as a line break or an SVG shape. */
  Html empty(String tag, String... attributes) {
    start(tag, attributes).append("/>");
    return this;
  }

  /** Ends a line of the fragment, to keep a saved notebook's diffs readable. */
  Html newline() {
    out.append('\n');
    return this;
  }

  /**
   * The finished fragment.
   *
   * @throws IllegalStateException if an element is still open
   */
  String finish() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("still open: " + open);
    }
    return out.toString();
  }

  private StringBuilder start(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      out.append('"');
    }
    return out;
  }

  private void escape(String text) {
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> out.appendCodePoint(isAllowed(c) ? c : '\uFFFD');
          }
        });
  }

  /** The characters that XML 1.0 can hold at all (section 2.2); a CSV file can hold others. */
  private static boolean isAllowed(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
