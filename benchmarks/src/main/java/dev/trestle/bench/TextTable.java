package dev.trestle.bench;

import java.util.ArrayList;
import java.util.List;

/** A plain-text table: the first column to the left, the others to the right, as wide as needed. */
public final class TextTable {
  private final List<List<String>> lines = new ArrayList<>();

  /** Starts with the line of headings. */
  public TextTable(String... headings) {
    add(headings);
  }

  /** Adds a line with as many cells as there are headings. */
  public TextTable add(String... cells) {
    if (!lines.isEmpty() && cells.length != lines.getFirst().size()) {
      throw new IllegalArgumentException(
          cells.length + " cells under " + lines.getFirst().size() + " headings");
    }
    lines.add(List.of(cells));
    return this;
  }

  /** All lines, each ended. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder padded = new StringBuilder();
      for (int column = 0; column < line.size(); column++) {
        String format = column == 0 ? "%-" + width(0) + "s" : "  %" + width(column) + "s";
        padded.append(format.formatted(line.get(column)));
      }
      text.append(padded.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    return lines.stream().mapToInt(line -> line.get(column).length()).reduce(1, Math::max);
  }
}
