package dev.trestle.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts a stream into chunks of whole records, which can then be parsed side by side.
 *
 * <p>Where no quote occurs, every line end is the end of a record. Where one does, the bytes are
 * walked through, since a line end between quotes is data.
 */
final class Splitter {
  /** The longest record, in bytes. A quote left open would else swallow the rest of the file. */
  static final int MAX_RECORD = 16 << 20; // 16 MiB

  private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private final InputStream source;
  private final byte recordEnd;
  private final byte[] separator;
  private final byte[] quote;
  private final byte[] comment;
  private final boolean mayHaveMark;

  private byte[] carried = {};
  private long chunks;
  private long consumed;

  Splitter(InputStream source, Dialect dialect, Charset charset) {
    this.source = source;
    this.recordEnd = dialect.recordEnd();
    this.separator = Dialect.encoded(dialect.separator(), charset);
    this.quote = Dialect.encoded(dialect.quote(), charset);
    Character sign = dialect.comment();
    this.comment = sign == null ? new byte[0] : Dialect.encoded(sign, charset);
    this.mayHaveMark = charset.equals(StandardCharsets.UTF_8);
  }

  /** Bytes handed out so far. */
  long consumed() {
    return consumed;
  }

  /**
   * Puts the next records into a batch.
   *
   * @param size how many bytes about; one record at least
   * @return false at the end
   */
  boolean fill(Batch batch, int size) throws IOException {
    batch.isEndless = false;
    if (batch.bytes.length < size || batch.bytes.length > 2 * size) {
      batch.bytes = new byte[size];
    }
    if (batch.bytes.length < carried.length) {
      batch.bytes = new byte[carried.length];
    }
    System.arraycopy(carried, 0, batch.bytes, 0, carried.length);
    int length = carried.length;
    carried = new byte[0];
    while (true) {
      int before = length;
      length = read(batch.bytes, length);
      if (chunks == 0 && before == 0) {
        length = withoutMark(batch.bytes, length);
      }
      boolean ended = length < batch.bytes.length;
      batch.hasQuotes = contains(batch.bytes, length, quote[0]);
      int end = ended ? length : lastRecordEnd(batch.bytes, length, batch.hasQuotes);
      if (end > 0) {
        batch.length = end;
        carried = Arrays.copyOfRange(batch.bytes, end, length);
        chunks++;
        consumed += end;
        return true;
      }
      if (ended) {
        return false;
      }
      if (length >= MAX_RECORD) {
        batch.isEndless = true;
        batch.length = 0;
        chunks++;
        return true;
      }
      batch.bytes = Arrays.copyOf(batch.bytes, Math.min(MAX_RECORD, batch.bytes.length * 2));
    }
  }

  private int read(byte[] into, int from) throws IOException {
    int length = from;
    while (length < into.length) {
      int taken = source.read(into, length, into.length - length);
      if (taken < 0) {
        break;
      }
      length += taken;
    }
    return length;
  }

  private int withoutMark(byte[] bytes, int length) throws IOException {
    if (!mayHaveMark || !startsWith(bytes, 0, length, UTF_8_MARK)) {
      return length;
    }
    System.arraycopy(bytes, UTF_8_MARK.length, bytes, 0, length - UTF_8_MARK.length);
    boolean ended = length < bytes.length;
    int rest = length - UTF_8_MARK.length;
    return ended ? rest : read(bytes, rest);
  }

  /** Where the last whole record ends, or 0. */
  private int lastRecordEnd(byte[] bytes, int length, boolean hasQuotes) {
    if (hasQuotes) {
      return lastUnquotedEnd(bytes, length);
    }
    int end = length;
    while (end > 0 && bytes[end - 1] != recordEnd) {
      end--;
    }
    return end;
  }

  private int lastUnquotedEnd(byte[] bytes, int length) {
    int end = 0;
    boolean recordStart = true;
    boolean fieldStart = true;
    for (int i = 0; i < length; ) {
      byte next = bytes[i];
      if (next == '\n' || next == '\r') {
        i++;
        recordStart = true;
        fieldStart = true;
        if (next == recordEnd) {
          end = i;
        }
      } else if (recordStart && comment.length > 0 && startsWith(bytes, i, length, comment)) {
        i = skipLine(bytes, i, length);
      } else if (startsWith(bytes, i, length, separator)) {
        i += separator.length;
        recordStart = false;
        fieldStart = true;
      } else if (fieldStart && startsWith(bytes, i, length, quote)) {
        // The field goes on to the next quote. A doubled one opens it again: still its start.
        i = skipPastQuote(bytes, i + quote.length, length);
        recordStart = false;
      } else {
        i++;
        recordStart = false;
        fieldStart &= next >= 0 && next <= ' ';
      }
    }
    return end;
  }

  private static int skipLine(byte[] bytes, int from, int length) {
    int i = from;
    while (i < length && bytes[i] != '\n' && bytes[i] != '\r') {
      i++;
    }
    return i;
  }

  private int skipPastQuote(byte[] bytes, int from, int length) {
    for (int i = from; i < length; i++) {
      if (startsWith(bytes, i, length, quote)) {
        return i + quote.length;
      }
    }
    return length;
  }

  private static boolean startsWith(byte[] bytes, int at, int length, byte[] sign) {
    if (bytes[at] != sign[0] || length - at < sign.length) {
      return false;
    }
    for (int i = 1; i < sign.length; i++) {
      if (bytes[at + i] != sign[i]) {
        return false;
      }
    }
    return true;
  }

  /** Eight bytes at a time: a byte of the difference is zero where the wanted one stands. */
  private static boolean contains(byte[] bytes, int length, byte wanted) {
    long pattern = (wanted & 0xffL) * ONES;
    int i = 0;
    for (; i + Long.BYTES <= length; i += Long.BYTES) {
      long difference = (long) WORD.get(bytes, i) ^ pattern;
      if (((difference - ONES) & ~difference & HIGHS) != 0) {
        return true;
      }
    }
    for (; i < length; i++) {
      if (bytes[i] == wanted) {
        return true;
      }
    }
    return false;
  }
}
