package dev.trestle.kernel;

import dev.trestle.SharedArray;
import dev.trestle.memory.ByteSize;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A shared array as a notebook shows it: what it is and where, and its first and last values in
 * rows. Reads only the values that are shown.
 */
final class ArrayHtml {
  private ArrayHtml() {}

  /** The array as an HTML fragment. */
  static String of(SharedArray array) {
    Html html = new Html();
    html.open("div", "class", "trestle-array", "style", "overflow-x:auto");
    html.element("div", caption(array), "style", "margin:0.3em 0").newline();
    html.element("pre", array.excerpt(), "style", "margin:0.3em 0");
    return html.close().finish();
  }

  /** What it is and where, in a line. */
  static String caption(SharedArray array) {
    return "%s: %s of %s, held once: %s in %s%s"
        .formatted(
            array.name(),
            shape(array),
            array.type(),
            ByteSize.format(array.bytes()),
            array.location(),
            array.isReadOnly() ? ", read-only" : "");
  }

  private static String shape(SharedArray array) {
    long[] lengths = array.shape();
    if (lengths.length == 0) {
      return "a single number";
    }
    return Arrays.stream(lengths)
        .mapToObj(length -> String.format(Locale.ROOT, "%,d", length))
        .collect(Collectors.joining(" × "));
  }
}
