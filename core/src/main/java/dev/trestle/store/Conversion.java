package dev.trestle.store;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A column of a foreign file that was written anew, as it could not be read where it lies.
 *
 * @param column its name
 * @param from its type in the file, as Arrow's libraries print it
 * @param to what it became
 * @param why why it was converted, and what was lost, if anything
 * @param bytes what it takes in the store, dictionary included
 * @param seconds how long that took, elapsed
 */
public record Conversion(
    String column, String from, ColumnKind to, String why, long bytes, double seconds) {

  /** One line of text without line ends. */
  String encoded() {
    return String.join(
        " ", quote(column), quote(from), to.name(), quote(why), "" + bytes, "" + seconds);
  }

  static Conversion decode(String line) {
    List<String> parts = List.of(line.split(" ", -1));
    return new Conversion(
        unquote(parts.get(0)),
        unquote(parts.get(1)),
        ColumnKind.valueOf(parts.get(2)),
        unquote(parts.get(3)),
        Long.parseLong(parts.get(4)),
        Double.parseDouble(parts.get(5)));
  }

  /** Without spaces and line ends. */
  static String quote(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static String unquote(String quoted) {
    return URLDecoder.decode(quoted, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "'%s' from %s to %s: %s; %,d bytes in %.2f s"
        .formatted(column, from, to, why, bytes, seconds);
  }
}
