package dev.trestle.store;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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

  /** One code; negative if it is none. */
  static long at(ArrowType.Int type, MemorySegment codes, long row) {
    return switch (type.bits()) {
      case Byte.SIZE -> {
        byte value = codes.get(ValueLayout.JAVA_BYTE, row);
        yield type.signed() ? value : Byte.toUnsignedLong(value);
      }
      case Short.SIZE -> {
        short value = codes.get(Layouts.SHORT, row << 1);
        yield type.signed() ? value : Short.toUnsignedLong(value);
      }
      case Integer.SIZE -> {
        int value = codes.get(Layouts.INT, row << 2);
        yield type.signed() ? value : Integer.toUnsignedLong(value);
      }
      case Long.SIZE -> codes.get(Layouts.LONG, row << 3);
      default -> throw new IllegalArgumentException("codes of type " + type);
    };
  }
}
