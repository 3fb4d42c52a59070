package dev.trestle;

import dev.trestle.array.Elements;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The first and last elements of an array along each axis, in rows and blocks of rows as numpy
 * prints them; reads only those.
 */
final class ArrayText {
  private static final int ENDS = 3; // elements shown at each end of a long axis
  private static final int MOST_ROWS = 60;

  // 0.1 + 0.2 is 0.30000000000000004, but nobody wants to read that in every place.
  private static final MathContext DIGITS = new MathContext(8);

  private final Elements elements;
  private final long[] lengths;
  private final List<Line> lines = new ArrayList<>();

  /** A row of elements, or a gap between rows. */
  private record Line(int depth, String before, List<String> values, String after) {}

  private ArrayText(Elements elements) {
    this.elements = elements;
    this.lengths = elements.shape().lengths();
  }

  static String of(Elements elements) {
    if (elements.shape().axes() == 0) {
      return value(elements, 0);
    }
    if (elements.size() == 0) {
      return "[]";
    }
    var text = new ArrayText(elements);
    text.add(0, 0, "", "");
    return text.aligned();
  }

  /**
   * Adds what lies at one place of each of the first axes.
   *
   * @param first its first element
   * @param before brackets that open here
   * @param after brackets that close here
   */
  private void add(int axis, long first, String before, String after) {
    long length = lengths[axis];
    boolean clipped = length > 2 * ENDS;
    long head = clipped ? ENDS : length;
    long step = step(axis);
    if (axis == lengths.length - 1) {
      List<String> values = new ArrayList<>();
      for (long i = 0; i < head; i++) {
        values.add(value(elements, first + i));
      }
      if (clipped) {
        values.add(more(length));
        for (long i = length - ENDS; i < length; i++) {
          values.add(value(elements, first + i));
        }
      }
      lines.add(new Line(axis, before + "[", values, "]" + after));
      return;
    }
    for (long i = 0; i < length; i++) {
      if (lines.size() >= MOST_ROWS) {
        lines.add(new Line(axis + 1, "", List.of(), "..."));
        return; // an array of many axes has more corners than anybody wants to see
      }
      if (clipped && i == ENDS) {
        lines.add(new Line(axis + 1, "", List.of(), more(length)));
        i = length - ENDS;
      }
      add(
          axis + 1,
          first + i * step,
          i == 0 ? before + "[" : "",
          i == length - 1 ? "]" + after : "");
    }
  }

  private long step(int axis) {
    long step = 1;
    for (int inner = axis + 1; inner < lengths.length; inner++) {
      step *= lengths[inner];
    }
    return step;
  }

  private static String more(long length) {
    return String.format(Locale.ROOT, "... %,d more ...", length - 2 * ENDS);
  }

  private static String value(Elements elements, long i) {
    return switch (elements.type()) {
      case BOOLEAN -> Boolean.toString(elements.getBoolean(i));
      case FLOAT -> Float.toString((float) elements.getDouble(i));
      case DOUBLE -> shortened(elements.getDouble(i));
      case BYTE, UNSIGNED_BYTE, SHORT, INT, LONG -> Long.toString(elements.getLong(i));
    };
  }

  private static String shortened(double value) {
    return Double.toString(
        Double.isFinite(value) ? new BigDecimal(value).round(DIGITS).doubleValue() : value);
  }

  /** The lines, the values of all rows one below the other. */
  private String aligned() {
    int columns = lines.stream().mapToInt(line -> line.values.size()).max().orElse(0);
    int[] widths = new int[columns];
    for (Line line : lines) {
      for (int i = 0; i < line.values.size(); i++) {
        widths[i] = Math.max(widths[i], line.values.get(i).length());
      }
    }
    List<String> text = new ArrayList<>();
    for (Line line : lines) {
      List<String> padded = new ArrayList<>();
      for (int i = 0; i < line.values.size(); i++) {
        padded.add(" ".repeat(widths[i] - line.values.get(i).length()) + line.values.get(i));
      }
      // Brackets that were opened on earlier lines leave their room.
      int room = line.values.isEmpty() ? line.depth : line.depth + 1 - line.before.length();
      text.add(" ".repeat(room) + line.before + String.join(" ", padded) + line.after);
    }
    return String.join("\n", text);
  }
}
