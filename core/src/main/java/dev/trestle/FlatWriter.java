package dev.trestle;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes texts and boxed numbers, one after the other, and arrays of booleans.
 *
 * <p>A text that was written a little before is named by its place in a small table instead, which
 * the reader fills in the same way: in most columns of text few values make up most rows, and in
 * the worker too they should be one object each.
 */
final class FlatWriter implements AutoCloseable {
  static final int NULL = 0;
  static final int LATIN = 1;
  static final int WIDE = 2;
  static final int AGAIN = 3;
  static final int INTEGER = 4;
  static final int LONG = 5;
  static final int DOUBLE = 6;
  static final int FLOAT = 7;
  static final int SHORT = 8;
  static final int BYTE = 9;
  static final int CHARACTER = 10;
  static final int TRUE = 11;
  static final int FALSE = 12;

  static final int PLACES = 1 << 12;
  private static final int BUFFER = 1 << 16; // 64 KiB
  private static final int LARGEST_LATIN = 0xFF;

  private final DataOutputStream out;
  private final @Nullable String[] recent = new @Nullable String[PLACES];

  FlatWriter(OutputStream out) {
    this.out = new DataOutputStream(new BufferedOutputStream(out, BUFFER));
  }

  /** About how many bytes a value takes; -1 if it is neither text nor a boxed primitive. */
  static int size(@Nullable Object value) {
    return switch (value) {
      case null -> 1;
      case String text -> 1 + Integer.BYTES + text.length();
      case Integer _, Float _ -> 1 + Integer.BYTES;
      case Long _, Double _ -> 1 + Long.BYTES;
      case Short _, Character _ -> 1 + Short.BYTES;
      case Byte _, Boolean _ -> 1 + 1;
      default -> -1;
    };
  }

  /** Writes an object of the kind. */
  @SuppressWarnings("EnumOrdinal") // both ends are of one build
  void write(FlatKind kind, Object object) throws IOException {
    out.writeByte(kind.ordinal());
    if (object instanceof boolean[] booleans) {
      write(booleans);
    } else {
      out.writeInt(FlatKind.count(object));
      for (Object element : FlatKind.elements(object)) {
        write(element);
      }
    }
  }

  private void write(boolean[] booleans) throws IOException {
    out.writeInt(booleans.length);
    byte[] some = new byte[Math.min(booleans.length, BUFFER)];
    for (int from = 0; from < booleans.length; from += some.length) {
      int count = Math.min(some.length, booleans.length - from);
      for (int i = 0; i < count; i++) {
        some[i] = (byte) (booleans[from + i] ? 1 : 0);
      }
      out.write(some, 0, count);
    }
  }

  private void write(@Nullable Object value) throws IOException {
    switch (value) {
      case null -> out.writeByte(NULL);
      case String text -> write(text);
      case Integer number -> {
        out.writeByte(INTEGER);
        out.writeInt(number);
      }
      case Long number -> {
        out.writeByte(LONG);
        out.writeLong(number);
      }
      case Double number -> {
        out.writeByte(DOUBLE);
        out.writeLong(Double.doubleToRawLongBits(number));
      }
      case Float number -> {
        out.writeByte(FLOAT);
        out.writeInt(Float.floatToRawIntBits(number));
      }
      case Short number -> {
        out.writeByte(SHORT);
        out.writeShort(number);
      }
      case Byte number -> {
        out.writeByte(BYTE);
        out.writeByte(number);
      }
      case Character character -> {
        out.writeByte(CHARACTER);
        out.writeChar(character);
      }
      case Boolean truth -> out.writeByte(truth ? TRUE : FALSE);
      default ->
          throw new IllegalStateException(
              "a %s came into a collection while it was being sent".formatted(value.getClass()));
    }
  }

  private void write(String text) throws IOException {
    int place = place(text);
    if (text.equals(recent[place])) {
      out.writeByte(AGAIN);
      out.writeShort(place);
      return;
    }
    recent[place] = text;
    int length = text.length();
    boolean isLatin = isLatin(text);
    out.writeByte(isLatin ? LATIN : WIDE);
    out.writeInt(length);
    if (isLatin) {
      out.writeBytes(text);
    } else {
      out.writeChars(text); // not UTF-8, which has no lone surrogates
    }
  }

  /** Where a text is remembered. */
  static int place(String text) {
    int hash = text.hashCode();
    return (hash ^ hash >>> 16) & (PLACES - 1);
  }

  private static boolean isLatin(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > LARGEST_LATIN) {
        return false;
      }
    }
    return true;
  }

  /** Ends what was written; closes the stream below. */
  @Override
  public void close() throws IOException {
    out.close();
  }
}
