package dev.trestle.column;

import static tech.tablesaw.columns.booleans.BooleanColumnType.BYTE_FALSE;
import static tech.tablesaw.columns.booleans.BooleanColumnType.BYTE_TRUE;
import static tech.tablesaw.columns.booleans.BooleanColumnType.MISSING_VALUE;

import it.unimi.dsi.fastutil.bytes.ByteArrayList;
import it.unimi.dsi.fastutil.bytes.ByteIterator;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.columns.booleans.BitSetBooleanData;
import tech.tablesaw.columns.booleans.BooleanData;
import tech.tablesaw.selection.BitSetBackedSelection;
import tech.tablesaw.selection.Selection;

/**
 * Booleans that are not on the heap, in the guise that Tablesaw's column asks for.
 *
 * <p>They cannot be written to, unless this is a copy: that one goes to the heap at the first
 * write.
 */
abstract class MappedBooleans implements BooleanData {
  private final int size;
  private final boolean isCopy;
  private @Nullable BooleanData owned;

  /**
   * @param isCopy whether it may go to the heap when it is written to
   */
  MappedBooleans(int size, boolean isCopy) {
    this.size = size;
    this.isCopy = isCopy;
  }

  /** A value that is not on the heap; missing behind the end, as Tablesaw's own has it. */
  abstract byte mapped(int row);

  /** A copy to be changed, which takes no room until that happens. */
  abstract BooleanData lazyCopy();

  static boolean isSet(MemorySegment bitmap, long bit) {
    return (bitmap.get(ValueLayout.JAVA_BYTE, bit >> 3) >> (bit & 7) & 1) != 0;
  }

  /** The copy on the heap, if there is one by now. */
  final @Nullable BooleanData owned() {
    return owned;
  }

  /** Comes before each write. */
  private BooleanData own() {
    BooleanData heap = owned;
    if (heap == null) {
      if (!isCopy) {
        throw Shared.readOnly();
      }
      heap = new BitSetBooleanData(where(BYTE_TRUE), where(BYTE_FALSE), where(MISSING_VALUE));
      owned = heap;
    }
    return heap;
  }

  @Override
  public BooleanData copy() {
    return owned == null ? lazyCopy() : owned.copy();
  }

  @Override
  public int size() {
    return owned == null ? size : owned.size();
  }

  @Override
  public byte getByte(int row) {
    return owned == null ? mapped(row) : owned.getByte(row);
  }

  /** The rows that have a value. */
  BitSet where(byte value) {
    BitSet rows = new BitSet(size);
    for (int row = 0; row < size(); row++) {
      if (getByte(row) == value) {
        rows.set(row);
      }
    }
    return rows;
  }

  /** How many rows have a value. */
  int count(byte value) {
    return where(value).cardinality();
  }

  @Override
  public boolean contains(byte value) {
    if (value != BYTE_TRUE && value != BYTE_FALSE && value != MISSING_VALUE) {
      throw new IllegalArgumentException(
          "%d is not a boolean: 1 is true, 0 is false, %d is missing"
              .formatted(value, MISSING_VALUE));
    }
    for (int row = 0; row < size(); row++) {
      if (getByte(row) == value) {
        return true;
      }
    }
    return false;
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
    byte[] values = new byte[size()];
    for (int row = 0; row < values.length; row++) {
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
        return row < size();
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
    own().add(value);
  }

  @Override
  public void clear() {
    if (isCopy) {
      owned = new BitSetBooleanData();
    } else {
      throw Shared.readOnly();
    }
  }

  @Override
  public void sortAscending() {
    own().sortAscending();
  }

  @Override
  public void sortDescending() {
    own().sortDescending();
  }

  @Override
  public void set(int row, byte value) {
    own().set(row, value);
  }

  @Override
  public void setTrueBytes(byte[] encoded) {
    own().setTrueBytes(encoded);
  }

  @Override
  public void setFalseBytes(byte[] encoded) {
    own().setFalseBytes(encoded);
  }

  @Override
  public void setMissingBytes(byte[] encoded) {
    own().setMissingBytes(encoded);
  }
}
