package dev.trestle.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tech.tablesaw.io.ReadOptions;

/**
 * Strings of one chunk: the distinct ones in order of appearance, and a code for each row.
 *
 * <p>Codes take a byte while they fit one, for the cache's sake: a genome's letters need no more.
 */
final class StringCells extends ParsedCells {
  private static final int BYTE_CODES = 1 << 8;
  private static final int NONE = -1;

  private final MissingMarkers markers;

  private byte[] narrow = {};
  private int[] wide = {};
  private boolean isWide;
  private int capacity;

  private char[] text = new char[64];
  private int[] ends = new int[16];
  private final HashSlots codes = new HashSlots();
  private int missingCode = NONE;
  private final short[] single = new short[128];

  private byte[] utf8 = {};
  private int[] utf8Ends = {};

  StringCells(ReadOptions options) {
    this(MissingMarkers.of(options));
  }

  StringCells(MissingMarkers markers) {
    this.markers = markers;
    Arrays.fill(single, (short) NONE);
  }

  @Override
  void clear() {
    super.clear();
    missingCode = NONE;
    isWide = false;
    Arrays.fill(single, (short) NONE);
    codes.clear();
  }

  @Override
  void reserve(int rows) {
    capacity = rows;
    narrow = Arrays.copyOf(narrow, rows);
    if (isWide) {
      wide = Arrays.copyOf(wide, rows);
    }
  }

  @Override
  boolean put(int row, char[] from, int at, int length) {
    if (length == 1) {
      char only = from[at];
      if (only < 128) {
        int known = single[only];
        if (known >= 0) {
          set(row, known);
          return true;
        }
      }
    }
    set(row, code(from, at, length));
    return true;
  }

  /** Repeats one of the chunk's strings by its code. */
  void set(int row, int code) {
    if (isWide) {
      wide[row] = code;
    } else {
      narrow[row] = (byte) code;
    }
  }

  private int code(char[] from, int at, int length) {
    boolean missing = markers.matches(from, at, length);
    int code = missing ? missingCode() : intern(from, at, length);
    if (length == 1 && from[at] < 128 && code < Short.MAX_VALUE) {
      single[from[at]] = (short) code;
    }
    return code;
  }

  private int missingCode() {
    if (missingCode < 0) {
      missingCode = intern(text, 0, 0);
      sawMissing();
    }
    return missingCode;
  }

  private int intern(char[] from, int at, int length) {
    int hash = length;
    for (int i = at; i < at + length; i++) {
      hash = hash * 31 + from[i];
    }
    hash *= 0x9E3779B9;
    int slot = codes.slot(hash);
    for (; codes.code(slot) >= 0; slot = codes.next(slot)) {
      int code = codes.code(slot);
      if (codes.hash(code) == hash && isEntry(code, from, at, length)) {
        return code;
      }
    }
    return add(codes.add(slot, hash), from, at, length);
  }

  private boolean isEntry(int code, char[] from, int at, int length) {
    return Arrays.equals(text, start(code), ends[code], from, at, at + length);
  }

  private int start(int code) {
    return code == 0 ? 0 : ends[code - 1];
  }

  private int add(int code, char[] from, int at, int length) {
    int start = start(code);
    if (start + length > text.length) {
      text = Arrays.copyOf(text, Math.max(start + length, text.length * 2));
    }
    System.arraycopy(from, at, text, start, length);
    if (code == ends.length) {
      ends = Arrays.copyOf(ends, code * 2);
    }
    ends[code] = start + length;
    if (code == BYTE_CODES) {
      widen();
    }
    return code;
  }

  private void widen() {
    if (wide.length < capacity) {
      wide = new int[capacity];
    }
    for (int row = 0; row < capacity; row++) {
      wide[row] = narrow[row] & 0xff;
    }
    isWide = true;
  }

  @Override
  boolean isMissing(int row) {
    return code(row) == missingCode;
  }

  int code(int row) {
    return isWide ? wide[row] : narrow[row] & 0xff;
  }

  int entries() {
    return codes.entries();
  }

  /** The length of the distinct strings together. */
  int chars() {
    return start(entries());
  }

  int hash(int code) {
    return codes.hash(code);
  }

  /** The row codes as bytes, when {@link #entries} does not exceed 256. */
  byte[] narrowCodes() {
    return narrow;
  }

  /** Encodes the distinct strings, in the parser's thread so that the appending one need not. */
  void encode() {
    int entries = entries();
    int chars = chars();
    utf8Ends = utf8Ends.length < entries ? new int[ends.length] : utf8Ends;
    if (isAscii(chars)) {
      utf8 = utf8.length < chars ? new byte[text.length] : utf8;
      for (int i = 0; i < chars; i++) {
        utf8[i] = (byte) text[i];
      }
      System.arraycopy(ends, 0, utf8Ends, 0, entries);
      return;
    }
    // A char is at most three bytes; a pair of surrogates four.
    utf8 = utf8.length < chars * 3 ? new byte[text.length * 3] : utf8;
    int end = 0;
    for (int code = 0; code < entries; code++) {
      int start = start(code);
      byte[] bytes = new String(text, start, ends[code] - start).getBytes(StandardCharsets.UTF_8);
      System.arraycopy(bytes, 0, utf8, end, bytes.length);
      end += bytes.length;
      utf8Ends[code] = end;
    }
  }

  private boolean isAscii(int chars) {
    int seen = 0;
    for (int i = 0; i < chars; i++) {
      seen |= text[i];
    }
    return seen < 128;
  }

  byte[] utf8() {
    return utf8;
  }

  int utf8Start(int code) {
    return code == 0 ? 0 : utf8Ends[code - 1];
  }

  int utf8End(int code) {
    return utf8Ends[code];
  }
}
