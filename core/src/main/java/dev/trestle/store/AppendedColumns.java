package dev.trestle.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether rows fit the table that they are appended to. */
final class AppendedColumns {
  private AppendedColumns() {}

  /**
   * Compares columns by place, name and kind; strings are strings, with a dictionary or without.
   *
   * @throws ColumnMismatchException that tells the first difference
   */
  static void check(String name, List<StoredColumn> table, List<ColumnPayload> rows) {
    for (int i = 0; i < Math.max(table.size(), rows.size()); i++) {
      StoredColumn wanted = i < table.size() ? table.get(i) : null;
      ColumnPayload found = i < rows.size() ? rows.get(i) : null;
      if (wanted == null
          || found == null
          || !wanted.name().equals(found.name())
          || plain(wanted.kind()) != plain(found.kind())) {
        throw new ColumnMismatchException(
            "the rows do not fit table '%s': its column %d is %s, theirs is %s. Bring the columns"
                    .formatted(
                        name,
                        i + 1,
                        describe(
                            wanted == null ? null : wanted.name(),
                            wanted == null ? null : wanted.kind()),
                        describe(
                            found == null ? null : found.name(),
                            found == null ? null : found.kind()))
                + " into the same order and types, or replace the table");
      }
    }
  }

  private static String describe(@Nullable String name, @Nullable ColumnKind kind) {
    return name == null || kind == null ? "missing" : "'%s' %s".formatted(name, plain(kind));
  }

  private static ColumnKind plain(ColumnKind kind) {
    return kind == ColumnKind.TEXT ? ColumnKind.STRING : kind;
  }
}
