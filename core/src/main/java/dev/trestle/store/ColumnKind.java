package dev.trestle.store;

/**
 * What a column holds and how its values lie in the file, little-endian.
 *
 * <p>A missing value is written twice: as a zero bit in the validity bitmap, for any Arrow reader,
 * and as the sentinel below in the value slot, so that mapped columns need no bitmap check.
 */
public enum ColumnKind {
  /** 16-bit integers; missing is {@link Short#MIN_VALUE}. */
  SHORT(2),
  /** 32-bit integers; missing is {@link Integer#MIN_VALUE}. */
  INT(4),
  /** 64-bit integers; missing is {@link Long#MIN_VALUE}. */
  LONG(8),
  /** 32-bit floating point; missing is NaN. */
  FLOAT(4),
  /** 64-bit floating point; missing is NaN. */
  DOUBLE(8),
  /** One bit a value, least significant first; missing only in the validity bitmap. */
  BOOLEAN(0),
  /**
   * Codes of 1, 2 or 4 bytes into a dictionary of distinct strings; missing points at the entry "".
   */
  STRING(0),
  /** UTF-8 with 64-bit offsets, for strings that hardly repeat; missing is a zero-length value. */
  TEXT(0),
  /** Days since 1970-01-01 in 32 bits; missing is {@link Integer#MIN_VALUE}. */
  DATE(4),
  /** Milliseconds since midnight in 32 bits; missing is {@link Integer#MIN_VALUE}. */
  TIME(4),
  /**
   * Milliseconds since 1970-01-01T00:00 of the local calendar in 64 bits; missing is {@link
   * Long#MIN_VALUE}.
   */
  DATE_TIME(8),
  /** Milliseconds since the epoch, UTC, in 64 bits; missing is {@link Long#MIN_VALUE}. */
  INSTANT(8);

  private final int width;

  ColumnKind(int width) {
    this.width = width;
  }

  /** Bytes a value, or 0 where the width is not a whole number of bytes or not fixed. */
  public int width() {
    return width;
  }
}
