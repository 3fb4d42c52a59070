package dev.trestle;

import java.util.List;

/** Names for results that the user gave none. */
record FreeNames(Store store) {
  /** Leaves room for a number in the longest name that a table may have. */
  private static final int LONGEST_BASE = 90;

  /** The wanted name, in letters that a table may have, with a number if it is taken. */
  String free(String wanted) {
    String plain = wanted.replaceAll("[^A-Za-z0-9_.-]", "_");
    String base = plain.substring(0, Math.min(plain.length(), LONGEST_BASE));
    List<String> taken = store.tables().stream().map(StoredTable::name).toList();
    String name = base;
    for (int i = 2; taken.contains(name); i++) {
      name = base + "." + i;
    }
    return name;
  }
}
