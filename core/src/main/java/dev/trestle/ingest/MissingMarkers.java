package dev.trestle.ingest;

import java.util.Arrays;
import java.util.List;
import tech.tablesaw.io.ReadOptions;
import tech.tablesaw.io.TypeUtils;

/** The strings that stand for a missing value: the empty one, and those that the options name. */
final class MissingMarkers {
  private final char[][] markers;
  private final boolean[] startsMarker = new boolean[128];

  private MissingMarkers(List<String> markers) {
    this.markers = markers.stream().map(String::toCharArray).toArray(char[][]::new);
    for (char[] marker : this.markers) {
      if (marker.length > 0 && marker[0] < 128) {
        startsMarker[marker[0]] = true;
      }
    }
  }

  /** The empty string alone, which Tablesaw's string columns take for missing. */
  static MissingMarkers none() {
    return new MissingMarkers(List.of());
  }

  /** As Tablesaw's parsers have it: the options' markers, or the usual ones when there are none. */
  static MissingMarkers of(ReadOptions options) {
    String[] own = options.missingValueIndicators();
    return new MissingMarkers(own.length > 0 ? List.of(own) : TypeUtils.MISSING_INDICATORS);
  }

  boolean matches(char[] text, int at, int length) {
    if (length == 0) {
      return true;
    }
    char first = text[at];
    return (first >= 128 || startsMarker[first]) && search(text, at, length);
  }

  private boolean search(char[] text, int at, int length) {
    for (char[] marker : markers) {
      if (Arrays.equals(marker, 0, marker.length, text, at, at + length)) {
        return true;
      }
    }
    return false;
  }
}
