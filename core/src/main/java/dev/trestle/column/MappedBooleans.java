package dev.trestle.column;

import static tech.tablesaw.columns.booleans.BooleanColumnType.BYTE_FALSE;
import static tech.tablesaw.columns.booleans.BooleanColumnType.BYTE_TRUE;
import static tech.tablesaw.columns.booleans.BooleanColumnType.MISSING_VALUE;

import it.unimi.dsi.fastutil.bytes.ByteArrayList;
import it.unimi.dsi.fastutil.bytes.ByteIterator;
import it.unimi.dsi.fastutil.bytes.ByteIterators;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import java.util.NoSuchElementException;
import tech.tablesaw.columns.booleans.BitSetBooleanData;
import tech.tablesaw.columns.booleans.BooleanData;
import tech.tablesaw.selection.BitSetBackedSelection;
import tech.tablesaw.selection.Selection;

/**
 * Booleans read from two bitmaps in the mapping: the values, and which of them are there.
 *
 * @param firstBit the bit of the first row: a view may begin inside a byte
 */
record MappedBooleans(MemorySegment bits, MemorySegment validity, long firstBit, int size)
    implements BooleanData {

  @Override
  public byte getByte(int row) {
    if (row < 0 || row >= size) {
      throw new IndexOutOfBoundsException("row " + row + " of " + size);
    }
    long bit = firstBit + row;
    if (validity.byteSize() != 0 && !isSet(validity, bit)) {
      return MISSING_VALUE;
    }
    return isSet(bits, bit) ? BYTE_TRUE : BYTE_FALSE;
  }

  static boolean isSet(MemorySegment bitmap, long bit) {
    return (bitmap.get(ValueLayout.JAVA_BYTE, bit >> 3) >> (bit & 7) & 1) != 0;
  }

  @Override
  public BooleanData copy() {
    return new BitSetBooleanData(where(BYTE_TRUE), where(BYTE_FALSE), where(MISSING_VALUE));
  }

  private BitSet where(byte value) {
    BitSet rows = new BitSet(size);
    for (int row = 0; row < size; row++) {
      if (getByte(row) == value) {
        rows.set(row);
      }
    }
    return rows;
  }

  private int count(byte value) {
    int count = 0;
    for (int row = 0; row < size; row++) {
      if (getByte(row) == value) {
        count++;
      }
    }
    return count;
  }

  @Override
  public boolean contains(byte value) {
    return ByteIterators.any(iterator(), b -> b == value);
  }

  @Override
  public int countFalse() {
    return count(BYTE_FALSE);
  }

  @Override
  public int countTrue() {
    return count(BYTE_TRUE);
  }

  @Override
  public int countMissing() {
    return count(MISSING_VALUE);
  }

  @Override
  public int countUnique() {
    int unique = 0;
    for (byte value : new byte[] {BYTE_TRUE, BYTE_FALSE, MISSING_VALUE}) {
      unique += contains(value) ? 1 : 0;
    }
    return unique;
  }

  @Override
  public boolean isEmpty() {
    return !contains(BYTE_TRUE) && !contains(BYTE_FALSE);
  }

  @Override
  public byte[] toByteArray() {
    byte[] values = new byte[size];
    for (int row = 0; row < size; row++) {
      values[row] = getByte(row);
    }
    return values;
  }

  @Override
  public ByteArrayList toByteArrayList() {
    return ByteArrayList.wrap(toByteArray());
  }

  @Override
  public Selection asSelection() {
    return isTrue();
  }

  @Override
  public Selection isFalse() {
    return new BitSetBackedSelection(where(BYTE_FALSE));
  }

  @Override
  public Selection isTrue() {
    return new BitSetBackedSelection(where(BYTE_TRUE));
  }

  @Override
  public Selection isMissing() {
    return new BitSetBackedSelection(where(MISSING_VALUE));
  }

  @Override
  public byte[] falseBytes() {
    return where(BYTE_FALSE).toByteArray();
  }

  @Override
  public byte[] trueBytes() {
    return where(BYTE_TRUE).toByteArray();
  }

  @Override
  public byte[] missingBytes() {
    return where(MISSING_VALUE).toByteArray();
  }

  @Override
  public ByteIterator iterator() {
    return new ByteIterator() {
      private int row;

      @Override
      public boolean hasNext() {
        return row < size;
      }

      @Override
      public byte nextByte() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return getByte(row++);
      }
    };
  }

  @Override
  public void add(byte value) {
    throw Shared.readOnly();
  }

  @Override
  public void clear() {
    throw Shared.readOnly();
  }

  @Override
  public void sortAscending() {
    throw Shared.readOnly();
  }

  @Override
  public void sortDescending() {
    throw Shared.readOnly();
  }

  @Override
  public void set(int row, byte value) {
    throw Shared.readOnly();
  }

  @Override
  public void setTrueBytes(byte[] encoded) {
    throw Shared.readOnly();
  }

  @Override
  public void setFalseBytes(byte[] encoded) {
    throw Shared.readOnly();
  }

  @Override
  public void setMissingBytes(byte[] encoded) {
    throw Shared.readOnly();
  }
}
