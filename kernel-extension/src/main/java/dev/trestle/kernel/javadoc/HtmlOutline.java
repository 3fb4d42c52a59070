package dev.trestle.kernel.javadoc;

import java.util.Set;

/** As HTML again, without attributes: a front end has its own styles, and links lead nowhere. */
final class HtmlOutline implements Outline {
  private static final Set<String> KEPT =
      Set.of(
          "p",
          "br",
          "hr",
          "pre",
          "blockquote",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "ul",
          "ol",
          "li",
          "dl",
          "dt",
          "dd",
          "table",
          "caption",
          "thead",
          "tbody",
          "tr",
          "th",
          "td",
          "code",
          "tt",
          "b",
          "strong",
          "i",
          "em",
          "u",
          "var",
          "cite",
          "small",
          "sub",
          "sup");

  private final StringBuilder html = new StringBuilder();

  @Override
  public void words(String text) {
    html.append(Javadoc.escaped(text));
  }

  @Override
  public void start(String element) {
    if (KEPT.contains(element)) {
      html.append('<').append(element).append('>');
    }
  }

  @Override
  public void end(String element) {
    if (KEPT.contains(element)) {
      html.append("</").append(element).append('>');
    }
  }

  @Override
  public String toString() {
    return html.toString().strip();
  }
}
