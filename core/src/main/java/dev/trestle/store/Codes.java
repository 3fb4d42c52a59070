package dev.trestle.store;

import java.util.Objects;

/** The integers that point into a dictionary. */
final class Codes {
  private Codes() {}

  static ArrowType.Int type(ArrowField field) {
    return Objects.requireNonNull(field.dictionary()).index();
  }

  static long dictionary(ArrowField field) {
    return Objects.requireNonNull(field.dictionary()).id();
  }

  /**
   * Whether codes of a type into a dictionary of a size can be read as signed ones of 8, 16 or 32
   * bits: unsigned ones can as long as none of them has its highest bit set.
   */
  static boolean fit(ArrowType.Int type, long entries) {
    return switch (type.bits()) {
      case Byte.SIZE, Short.SIZE, Integer.SIZE ->
          type.signed() || entries <= 1L << (type.bits() - 1);
      default -> false;
    };
  }
}
