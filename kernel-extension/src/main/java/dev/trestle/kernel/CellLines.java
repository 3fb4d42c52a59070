package dev.trestle.kernel;

/** Lines of a cell, as an editor counts them. */
final class CellLines {
  private static final int LONGEST = 60; // characters

  private CellLines() {}

  /** The line, from 1 on, on which the first word at or behind a place stands. */
  static int of(String code, int offset) {
    int place = offset;
    while (place < code.length() && Character.isWhitespace(code.charAt(place))) {
      place++;
    }
    return 1 + (int) code.substring(0, place).chars().filter(c -> c == '\n').count();
  }

  /** Code on one line, cut when it is long. */
  static String brief(String code) {
    String line = code.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
  }
}
