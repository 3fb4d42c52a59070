package dev.trestle.kernel.engine;

/** How a part of an error report stands out; every front end knows this code. */
final class Ansi {
  private static final String RESET = "\u001b[0m";

  private Ansi() {}

  /**
   * In the theme's own text colour: front ends have fixed shades for the colours of ANSI, and
   * JupyterLab's bold red (#b22b31) has a contrast of 2 : 1 on the ground of errors in its dark
   * theme.
   */
  static String bold(String text) {
    return "\u001b[1m" + text + RESET;
  }
}
