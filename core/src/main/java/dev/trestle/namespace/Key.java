package dev.trestle.namespace;

import java.nio.charset.StandardCharsets;

/** What an entry is found by. */
public record Key(Kind kind, String name) {
  private static final int LONGEST = 200;

  /** Values and events have names of their own. */
  public enum Kind {
    VALUE('v'),
    EVENT('e');

    private final byte tag;

    Kind(char tag) {
      this.tag = (byte) tag;
    }
  }

  /**
   * The key of a value or counter.
   *
   * @throws NamespaceException if it is no valid name
   */
  public static Key value(String name) {
    return new Key(Kind.VALUE, checkName(name));
  }

  /**
   * The key of an event.
   *
   * @throws NamespaceException if it is no valid name
   */
  public static Key event(String name) {
    return new Key(Kind.EVENT, checkName(name));
  }

  /** Any text that is not blank will do, as long as it is not long. */
  static String checkName(String name) {
    if (name.isBlank() || name.length() > LONGEST) {
      throw new NamespaceException(
          "'%s' is no valid name: use 1 to %d characters, not all of them blanks"
              .formatted(name.length() > LONGEST ? name.substring(0, 20) + "..." : name, LONGEST));
    }
    return name;
  }

  /** The same in every process, unlike the hash of an enum constant. */
  @Override
  public int hashCode() {
    return 31 * name.hashCode() + kind.tag;
  }

  byte[] encoded() {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[text.length + 1];
    bytes[0] = kind.tag;
    System.arraycopy(text, 0, bytes, 1, text.length);
    return bytes;
  }

  static Key decoded(byte[] bytes) {
    for (Kind kind : Kind.values()) {
      if (bytes.length > 0 && bytes[0] == kind.tag) {
        return new Key(kind, new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8));
      }
    }
    throw new NamespaceException("an entry of the namespace has a key that nothing here writes");
  }
}
