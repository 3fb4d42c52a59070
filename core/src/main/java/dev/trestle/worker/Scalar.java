package dev.trestle.worker;

import dev.trestle.closure.CaptureException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Values that go over the wire as a tag and their bytes.
 *
 * <p>Serialization takes some 10 us for a number; most arguments and results of small tasks are
 * numbers and text.
 */
final class Scalar {
  /** Not a scalar: bytes of the closure package follow, with their number in front. */
  static final byte ENCODED = 0;

  /** What is larger goes the long way, which says what to do with that much. */
  private static final int LARGEST = 1 << 24; // 16 MiB

  private static final byte NULL = 1;
  private static final byte FALSE = 2;
  private static final byte TRUE = 3;
  private static final byte INT = 4;
  private static final byte LONG = 5;
  private static final byte DOUBLE = 6;
  private static final byte FLOAT = 7;
  private static final byte SHORT = 8;
  private static final byte BYTE = 9;
  private static final byte CHAR = 10;
  private static final byte STRING = 11;
  private static final byte BYTES = 12;
  private static final byte DOUBLES = 13;

  private Scalar() {}

  /** Writes the value if it is a scalar. */
  static boolean put(@Nullable Object value, Packet out) {
    switch (value) {
      case null -> out.putByte(NULL);
      case Boolean b -> out.putByte(b ? TRUE : FALSE);
      case Integer i -> out.reserve(1 + Integer.BYTES).put(INT).putInt(i);
      case Long l -> out.reserve(1 + Long.BYTES).put(LONG).putLong(l);
      case Double d -> out.reserve(1 + Double.BYTES).put(DOUBLE).putDouble(d);
      case Float f -> out.reserve(1 + Float.BYTES).put(FLOAT).putFloat(f);
      case Short s -> out.reserve(1 + Short.BYTES).put(SHORT).putShort(s);
      case Byte b -> out.reserve(2).put(BYTE).put(b);
      case Character c -> out.reserve(1 + Character.BYTES).put(CHAR).putChar(c);
      case String s -> {
        byte[] bytes = s.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LARGEST || !isWellFormed(s, bytes)) {
          return false;
        }
        out.putByte(STRING).putBytes(bytes);
      }
      case byte[] bytes when bytes.length <= LARGEST -> out.putByte(BYTES).putBytes(bytes);
      case double[] doubles when doubles.length <= LARGEST / Double.BYTES -> {
        out.putByte(DOUBLES).putInt(doubles.length);
        ByteBuffer room = out.reserve(doubles.length * Double.BYTES);
        room.asDoubleBuffer().put(doubles);
        room.position(room.position() + doubles.length * Double.BYTES);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Reads a scalar whose tag has been read. */
  static @Nullable Object read(byte tag, ByteBuffer in) {
    return switch (tag) {
      case NULL -> null;
      case FALSE -> false;
      case TRUE -> true;
      case INT -> in.getInt();
      case LONG -> in.getLong();
      case DOUBLE -> in.getDouble();
      case FLOAT -> in.getFloat();
      case SHORT -> in.getShort();
      case BYTE -> in.get();
      case CHAR -> in.getChar();
      case STRING -> new String(bytes(in), StandardCharsets.UTF_8);
      case BYTES -> bytes(in);
      case DOUBLES -> {
        double[] doubles = new double[in.getInt()];
        in.asDoubleBuffer().get(doubles);
        in.position(in.position() + doubles.length * Double.BYTES);
        yield doubles;
      }
      default -> throw new CaptureException("value of unknown tag " + tag);
    };
  }

  /** A lone surrogate has no UTF-8 form: such text goes the long way. */
  private static boolean isWellFormed(String text, byte[] bytes) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return new String(bytes, StandardCharsets.UTF_8).equals(text);
      }
    }
    return true;
  }

  /** Bytes with their number in front. */
  static byte[] bytes(ByteBuffer in) {
    byte[] bytes = new byte[in.getInt()];
    in.get(bytes);
    return bytes;
  }
}
