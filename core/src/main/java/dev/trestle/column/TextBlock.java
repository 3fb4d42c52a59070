package dev.trestle.column;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import it.unimi.dsi.fastutil.bytes.ByteArrays;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lines of delimited text in UTF-8 that grow cell by cell, in an array that is used again for the
 * next lines. For one thread at a time.
 */
final class TextBlock extends Writer {
  /** What {@link #put} reads and writes at once, however short a cell is. */
  static final int SPARE = Long.BYTES;

  private static final int MOST_DIGITS = Long.toString(Long.MAX_VALUE).length();

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final CsvWriter csv;
  private final char separator;
  private byte[] bytes = new byte[1 << 16];
  private int size;

  TextBlock(char separator) {
    this.separator = separator;
    this.csv =
        CsvWriter.builder()
            .fieldSeparator(separator)
            .lineDelimiter(LineDelimiter.LF)
            .bufferSize(0)
            .build(this);
  }

  /**
   * Adds a cell, in quotes where the format needs them, with the separator before it.
   *
   * @param isFirst in its line, where there is no separator
   */
  void cell(String text, boolean isFirst) {
    int start = size;
    if (!isFirst) {
      write(separator);
    }
    reserve(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isPlain(c)) {
        size = start;
        quoted(text, isFirst);
        return;
      }
      bytes[size++] = (byte) c;
    }
  }

  /** Whether this is one byte, and certainly nothing to the format, wherever it stands. */
  private boolean isPlain(char c) {
    return c >= ' ' && c <= '~' && c != '"' && c != '#' && c != separator;
  }

  private void quoted(String text, boolean isFirst) {
    if (isFirst) {
      csv.writeRecord(text);
    } else {
      csv.writeRecord("", text);
    }
    size--; // its end of line
  }

  /** Adds a number, with the separator before it. */
  void cell(long number, boolean isFirst) {
    if (number < 0 || Character.isDigit(separator)) {
      cell(Long.toString(number), isFirst);
      return;
    }
    if (!isFirst) {
      write(separator);
    }
    reserve(MOST_DIGITS);
    int end = size + 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      end++;
    }
    size = end;
    for (long rest = number; end == size || rest > 0; rest /= 10) {
      bytes[--end] = (byte) ('0' + rest % 10);
    }
  }

  /**
   * Adds what {@link #cell} has put into another block.
   *
   * @param from has {@link #SPARE} bytes behind the last cell
   */
  void put(byte[] from, int offset, int length) {
    reserve(length);
    if (length <= SPARE) {
      // Most cells are that short: with System.arraycopy, a matrix of letters takes a fifth longer.
      LONG.set(bytes, size, (long) LONG.get(from, offset));
    } else {
      System.arraycopy(from, offset, bytes, size, length);
    }
    size += length;
  }

  void endLine() {
    write('\n');
  }

  /** How many bytes there are. */
  int size() {
    return size;
  }

  /** A copy of the bytes, with {@link #SPARE} more. */
  byte[] toSpareBytes() {
    return Arrays.copyOf(bytes, size + SPARE);
  }

  /** Gives the lines away, and is empty again. */
  void moveTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
    size = 0;
  }

  @Override
  public void write(int c) {
    if (c < 0x80) {
      reserve(1);
      bytes[size++] = (byte) c;
    } else {
      write(Character.toString((char) c), 0, 1);
    }
  }

  @Override
  public void write(char[] text, int offset, int length) {
    write(new String(text, offset, length), 0, length);
  }

  @Override
  public void write(String text, int offset, int length) {
    reserve(length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(offset + i);
      if (c >= 0x80) {
        byte[] rest = text.substring(offset + i, offset + length).getBytes(StandardCharsets.UTF_8);
        reserve(rest.length);
        System.arraycopy(rest, 0, bytes, size, rest.length);
        size += rest.length;
        return;
      }
      bytes[size++] = (byte) c;
    }
  }

  /** Makes room for so many bytes, and always for the spare ones behind them. */
  private void reserve(int length) {
    bytes = ByteArrays.grow(bytes, Math.addExact(size + SPARE, length), size);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
