package dev.trestle;

import dev.trestle.memory.ByteSize;
import java.util.Locale;

/** Something in the catalogue as a line of text: what JShell prints of it. */
final class StoredLine {
  private StoredLine() {}

  static String of(Stored stored, String shape) {
    return "%s: %s, %s %s, %s, %s old, mapped by %s"
        .formatted(
            stored.name(),
            stored.damage() == null ? shape : "damaged (%s)".formatted(stored.damage()),
            ByteSize.format(stored.bytes()),
            stored.inMemory() ? "in memory" : "on disk",
            stored.owner(),
            stored.age(),
            processes(stored.mappedBy().size()));
  }

  /** {@code nobody}, {@code 1 process}, {@code 2 processes}. */
  static String processes(int n) {
    return switch (n) {
      case 0 -> "nobody";
      case 1 -> "1 process";
      default -> n + " processes";
    };
  }

  /** {@code 1 row}, {@code 4,000 rows}. */
  static String number(long n, String unit) {
    return String.format(Locale.ROOT, n == 1 ? "%,d %s" : "%,d %ss", n, unit);
  }
}
