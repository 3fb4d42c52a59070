package dev.trestle.bench;

import java.util.Locale;

/**
 * A figure to reach: at least so much.
 *
 * @param what is measured
 * @param least the smallest value within the bar
 * @param format how a value is written, for {@link String#format}
 */
record Floor(String what, double least, String format) {

  /** A bar for how often something is done in a second. */
  static Floor perSecond(String what, double least) {
    return new Floor(what, least, "%,.0f/s");
  }

  /** Adds a line with the measured value. */
  void addTo(TextTable table, double measured) {
    table.add(
        what,
        String.format(Locale.ROOT, format, measured),
        ">= " + String.format(Locale.ROOT, format, least),
        measured >= least ? "within the bar" : "below the bar");
  }
}
