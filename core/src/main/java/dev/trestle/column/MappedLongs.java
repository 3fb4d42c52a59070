package dev.trestle.column;

import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.longs.LongArrays;
import it.unimi.dsi.fastutil.longs.LongCollection;
import it.unimi.dsi.fastutil.longs.LongComparator;
import it.unimi.dsi.fastutil.longs.LongList;
import it.unimi.dsi.fastutil.longs.LongListIterator;
import it.unimi.dsi.fastutil.longs.LongSpliterator;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;

/**
 * A list of longs that are not in an array, in the guise that Tablesaw's columns ask for.
 *
 * <p>It cannot be written to, unless it is a copy: that one gets an array at the first write and is
 * an ordinary list from then on. Until then the inherited array is null: whatever still reads it
 * (fastutil does so across lists, in {@code equals} and the copy constructor) fails at once instead
 * of seeing an empty list.
 */
abstract class MappedLongs extends LongArrayList {
  private final boolean isCopy;

  /** How many values a copy had when it was cleared: as much room as Tablesaw's own would keep. */
  private int room;

  /**
   * @param isCopy whether it may become an ordinary list when it is written to
   */
  MappedLongs(int size, boolean isCopy) {
    super(LongArrays.EMPTY_ARRAY, true);
    a = null;
    this.size = size;
    this.isCopy = isCopy;
  }

  @Override
  public abstract long getLong(int index);

  /** A copy to be changed, which takes no room until that happens. */
  @Override
  public abstract LongArrayList clone();

  /** Whether the values are in the inherited array by now. */
  final boolean isOwned() {
    return a != null;
  }

  /** A value of the inherited array. */
  final long owned(int index) {
    return super.getLong(index);
  }

  /** Comes before each write. */
  private void own() {
    if (a == null) {
      if (!isCopy) {
        throw Shared.readOnly();
      }
      a = toLongArray();
    }
  }

  @Override
  public void getElements(int from, long[] target, int offset, int length) {
    LongArrays.ensureOffsetLength(target, offset, length);
    for (int i = 0; i < length; i++) {
      target[offset + i] = getLong(from + i);
    }
  }

  @Override
  public long[] toArray(long[] target) {
    long[] filled = target.length < size ? new long[size] : target;
    getElements(0, filled, 0, size);
    return filled;
  }

  @Override
  public int indexOf(long value) {
    for (int i = 0; i < size; i++) {
      if (getLong(i) == value) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public int lastIndexOf(long value) {
    for (int i = size - 1; i >= 0; i--) {
      if (getLong(i) == value) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public void forEach(LongConsumer action) {
    for (int i = 0; i < size; i++) {
      action.accept(getLong(i));
    }
  }

  @Override
  public LongList subList(int from, int to) {
    return isOwned() ? super.subList(from, to) : new LongRandomAccessSubList(this, from, to);
  }

  @Override
  public LongListIterator listIterator(int index) {
    return isOwned() ? super.listIterator(index) : new LongCursor(this, index);
  }

  @Override
  public LongSpliterator spliterator() {
    return isOwned() ? super.spliterator() : subList(0, size).spliterator();
  }

  @Override
  public boolean equals(Object other) {
    return other == this
        || (isOwned()
            ? super.equals(other)
            : other instanceof List<?> list && subList(0, size).equals(list));
  }

  @Override
  @SuppressWarnings("NonOverridingEquals") // fastutil's overload, which would read the array
  public boolean equals(LongArrayList other) {
    return isOwned() ? super.equals(other) : equals((Object) other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }

  @Override
  public int compareTo(LongArrayList other) {
    return isOwned() ? super.compareTo(other) : compareTo((List<? extends Long>) other);
  }

  @Override
  public int compareTo(List<? extends Long> other) {
    return isOwned() ? super.compareTo(other) : subList(0, size).compareTo(other);
  }

  @Override
  public long[] elements() {
    own();
    return super.elements();
  }

  @Override
  public void ensureCapacity(int capacity) {
    own();
    super.ensureCapacity(capacity);
  }

  /** With no call in it: Tablesaw fills its cleared copies value by value. */
  @Override
  public boolean add(long value) {
    if (a == null || size == a.length) {
      makeRoom();
    }
    a[size++] = value;
    return true;
  }

  private void makeRoom() {
    own();
    if (size == a.length) {
      int least = Math.max(size + 1, DEFAULT_INITIAL_CAPACITY);
      a = a.length == 0 ? new long[Math.max(room, least)] : LongArrays.grow(a, least, size);
    }
  }

  @Override
  public void add(int index, long value) {
    own();
    super.add(index, value);
  }

  @Override
  public long set(int index, long value) {
    own();
    return super.set(index, value);
  }

  @Override
  public long removeLong(int index) {
    own();
    return super.removeLong(index);
  }

  @Override
  public boolean rem(long value) {
    own();
    return super.rem(value);
  }

  /** Copies nothing first: Tablesaw's {@code removeMissing} is a copy, cleared and filled again. */
  @Override
  public void clear() {
    if (isCopy && !isOwned()) {
      a = LongArrays.EMPTY_ARRAY;
      room = size;
    }
    own();
    super.clear();
  }

  @Override
  public void size(int newSize) {
    own();
    super.size(newSize);
  }

  @Override
  public void trim(int capacity) {
    own();
    super.trim(capacity);
  }

  @Override
  public void removeElements(int from, int to) {
    own();
    super.removeElements(from, to);
  }

  @Override
  public void addElements(int index, long[] source, int offset, int length) {
    own();
    super.addElements(index, source, offset, length);
  }

  @Override
  public void setElements(int index, long[] source, int offset, int length) {
    own();
    super.setElements(index, source, offset, length);
  }

  @Override
  public boolean addAll(int index, LongCollection values) {
    own();
    return super.addAll(index, values);
  }

  @Override
  public boolean addAll(int index, LongList values) {
    own();
    return super.addAll(index, values);
  }

  @Override
  public boolean removeAll(LongCollection values) {
    own();
    return super.removeAll(values);
  }

  @Override
  public boolean removeIf(LongPredicate filter) {
    own();
    return super.removeIf(filter);
  }

  @Override
  public void sort(LongComparator order) {
    own();
    super.sort(order);
  }

  @Override
  public void unstableSort(LongComparator order) {
    own();
    super.unstableSort(order);
  }
}
