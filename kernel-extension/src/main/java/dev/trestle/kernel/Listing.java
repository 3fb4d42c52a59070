package dev.trestle.kernel;

import java.util.ArrayList;
import java.util.List;

/** A short list of things with a few figures each, as an HTML table and as aligned plain text. */
final class Listing {
  /** Keeps cells apart on a bare page; where a front end collapses borders, its padding counts. */
  static final String SPACING = "border-spacing:0.8em 0.1em";

  private final List<Heading> headings;
  private final List<List<String>> rows = new ArrayList<>();

  private record Heading(String name, boolean isFigures) {}

  /** Starts a list; a heading that begins with {@code #} stands over figures, aligned right. */
  Listing(String... headings) {
    this.headings =
        List.of(headings).stream()
            .map(h -> h.startsWith("#") ? new Heading(h.substring(1), true) : new Heading(h, false))
            .toList();
  }

  /** Adds a row, one cell for each heading. */
  Listing add(String... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(
          cells.length + " cells under " + headings.size() + " headings");
    }
    rows.add(List.of(cells));
    return this;
  }

  void writeTo(Html html) {
    html.open("table", "style", SPACING).open("thead").open("tr");
    headings.forEach(h -> html.element("th", h.name, "style", align(h)));
    html.close().close().newline().open("tbody").newline();
    for (List<String> row : rows) {
      html.open("tr");
      for (int i = 0; i < row.size(); i++) {
        html.element("td", row.get(i), "style", align(headings.get(i)));
      }
      html.close().newline();
    }
    html.close().close().newline();
  }

  String html() {
    Html html = new Html();
    writeTo(html);
    return html.finish();
  }

  /** The list as plain text, columns two spaces apart. */
  String text() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(headings.stream().map(Heading::name).toList());
    lines.addAll(rows);
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder out = new StringBuilder();
      for (int i = 0; i < line.size(); i++) {
        int column = i;
        int width = lines.stream().mapToInt(l -> l.get(column).length()).max().orElse(0);
        String pad = " ".repeat(width - line.get(i).length());
        out.append(headings.get(i).isFigures ? pad + line.get(i) : line.get(i) + pad).append("  ");
      }
      text.append(out.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static String align(Heading heading) {
    return heading.isFigures ? "text-align:right;white-space:nowrap" : "text-align:left";
  }
}
