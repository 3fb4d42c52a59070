package dev.trestle;

import dev.trestle.memory.ByteSize;

/** Something in the catalogue as a line of text: what JShell prints of it. */
final class StoredLine {
  private StoredLine() {}

  static String of(Stored stored, String shape) {
    return "%s: %s, %s %s, %s, %s old, mapped by %s"
        .formatted(
            stored.name(),
            shape,
            ByteSize.format(stored.bytes()),
            stored.inMemory() ? "in memory" : "on disk",
            stored.owner(),
            stored.age(),
            processes(stored.mappedBy().size()));
  }

  static String processes(int n) {
    return switch (n) {
      case 0 -> "nobody";
      case 1 -> "1 process";
      default -> n + " processes";
    };
  }
}
