package dev.trestle;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link FlatWriter} wrote. */
final class FlatReader {
  private static final int BUFFER = 1 << 16; // 64 KiB
  private static final FlatKind[] KINDS = FlatKind.values();

  private final DataInputStream in;
  private final @Nullable String[] recent = new @Nullable String[FlatWriter.PLACES];

  FlatReader(InputStream in) {
    this.in = new DataInputStream(new BufferedInputStream(in, BUFFER));
  }

  FlatKind readKind() throws IOException {
    return KINDS[in.readUnsignedByte()];
  }

  boolean[] readBooleans() throws IOException {
    boolean[] booleans = new boolean[in.readInt()];
    byte[] some = new byte[Math.min(booleans.length, BUFFER)];
    for (int from = 0; from < booleans.length; from += some.length) {
      int count = Math.min(some.length, booleans.length - from);
      in.readFully(some, 0, count);
      for (int i = 0; i < count; i++) {
        booleans[from + i] = some[i] != 0;
      }
    }
    return booleans;
  }

  /** The elements of all other kinds. */
  @Nullable Object[] readElements() throws IOException {
    @Nullable Object[] elements = new @Nullable Object[in.readInt()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = readElement();
    }
    return elements;
  }

  private @Nullable Object readElement() throws IOException {
    int tag = in.readUnsignedByte();
    return switch (tag) {
      case FlatWriter.NULL -> null;
      case FlatWriter.LATIN -> keep(latin(in.readInt()));
      case FlatWriter.WIDE -> keep(wide(in.readInt()));
      case FlatWriter.AGAIN -> recent[in.readUnsignedShort()];
      case FlatWriter.INTEGER -> in.readInt();
      case FlatWriter.LONG -> in.readLong();
      case FlatWriter.DOUBLE -> in.readDouble();
      case FlatWriter.FLOAT -> in.readFloat();
      case FlatWriter.SHORT -> in.readShort();
      case FlatWriter.BYTE -> in.readByte();
      case FlatWriter.CHARACTER -> in.readChar();
      case FlatWriter.TRUE -> true;
      case FlatWriter.FALSE -> false;
      default -> throw new IOException("a value of unknown kind %d".formatted(tag));
    };
  }

  private String latin(int length) throws IOException {
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private String wide(int length) throws IOException {
    char[] chars = new char[length];
    for (int i = 0; i < length; i++) {
      chars[i] = in.readChar();
    }
    return new String(chars);
  }

  private String keep(String text) {
    recent[FlatWriter.place(text)] = text;
    return text;
  }
}
