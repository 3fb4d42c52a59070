package dev.trestle.ingest;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Names for columns that have none or another one's, as Tablesaw gives them. */
final class ColumnNames {
  private ColumnNames() {}

  /**
   * What a column without a name is called.
   *
   * @param position which one, from 0
   */
  static String unnamed(int position) {
    return "C" + position;
  }

  /** A name's second appearance gets "-2" behind it, the third "-3". */
  static List<String> unique(List<String> names) {
    Map<String, Integer> appearances = new HashMap<>();
    return names.stream()
        .map(name -> {
          int count = appearances.merge(name.toLowerCase(Locale.getDefault()), 1, Integer::sum);
          return count == 1 ? name : name + "-" + count;
        })
        .toList();
  }
}
