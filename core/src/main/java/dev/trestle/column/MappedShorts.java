package dev.trestle.column;

import it.unimi.dsi.fastutil.shorts.ShortArrayList;
import it.unimi.dsi.fastutil.shorts.ShortArrays;
import it.unimi.dsi.fastutil.shorts.ShortCollection;
import it.unimi.dsi.fastutil.shorts.ShortComparator;
import it.unimi.dsi.fastutil.shorts.ShortConsumer;
import it.unimi.dsi.fastutil.shorts.ShortList;
import it.unimi.dsi.fastutil.shorts.ShortListIterator;
import it.unimi.dsi.fastutil.shorts.ShortPredicate;
import it.unimi.dsi.fastutil.shorts.ShortSpliterator;
import java.util.List;

/**
 * A list of shorts that are not in an array, in the guise that Tablesaw's columns ask for.
 *
 * <p>It cannot be written to, unless it is a copy: that one gets an array at the first write and is
 * an ordinary list from then on. Until then the inherited array is null: whatever still reads it
 * (fastutil does so across lists, in {@code equals} and the copy constructor) fails at once instead
 * of seeing an empty list.
 */
abstract class MappedShorts extends ShortArrayList {
  private final boolean isCopy;

  /** How many values a copy had when it was cleared: as much room as Tablesaw's own would keep. */
  private int room;

  /**
   * @param isCopy whether it may become an ordinary list when it is written to
   */
  MappedShorts(int size, boolean isCopy) {
    super(ShortArrays.EMPTY_ARRAY, true);
    a = null;
    this.size = size;
    this.isCopy = isCopy;
  }

  @Override
  public abstract short getShort(int index);

  /** A copy to be changed, which takes no room until that happens. */
  @Override
  public abstract ShortArrayList clone();

  /** Whether the values are in the inherited array by now. */
  final boolean isOwned() {
    return a != null;
  }

  /** A value of the inherited array. */
  final short owned(int index) {
    return super.getShort(index);
  }

  /** Comes before each write. */
  private void own() {
    if (a == null) {
      if (!isCopy) {
        throw Shared.readOnly();
      }
      a = toShortArray();
    }
  }

  @Override
  public void getElements(int from, short[] target, int offset, int length) {
    ShortArrays.ensureOffsetLength(target, offset, length);
    for (int i = 0; i < length; i++) {
      target[offset + i] = getShort(from + i);
    }
  }

  @Override
  public short[] toArray(short[] target) {
    short[] filled = target.length < size ? new short[size] : target;
    getElements(0, filled, 0, size);
    return filled;
  }

  @Override
  public int indexOf(short value) {
    for (int i = 0; i < size; i++) {
      if (getShort(i) == value) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public int lastIndexOf(short value) {
    for (int i = size - 1; i >= 0; i--) {
      if (getShort(i) == value) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public void forEach(ShortConsumer action) {
    for (int i = 0; i < size; i++) {
      action.accept(getShort(i));
    }
  }

  @Override
  public ShortList subList(int from, int to) {
    return isOwned() ? super.subList(from, to) : new ShortRandomAccessSubList(this, from, to);
  }

  @Override
  public ShortListIterator listIterator(int index) {
    return isOwned() ? super.listIterator(index) : new ShortCursor(this, index);
  }

  @Override
  public ShortSpliterator spliterator() {
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
  public boolean equals(ShortArrayList other) {
    return isOwned() ? super.equals(other) : equals((Object) other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }

  @Override
  public int compareTo(ShortArrayList other) {
    return isOwned() ? super.compareTo(other) : compareTo((List<? extends Short>) other);
  }

  @Override
  public int compareTo(List<? extends Short> other) {
    return isOwned() ? super.compareTo(other) : subList(0, size).compareTo(other);
  }

  @Override
  public short[] elements() {
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
  public boolean add(short value) {
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
      a = a.length == 0 ? new short[Math.max(room, least)] : ShortArrays.grow(a, least, size);
    }
  }

  @Override
  public void add(int index, short value) {
    own();
    super.add(index, value);
  }

  @Override
  public short set(int index, short value) {
    own();
    return super.set(index, value);
  }

  @Override
  public short removeShort(int index) {
    own();
    return super.removeShort(index);
  }

  @Override
  public boolean rem(short value) {
    own();
    return super.rem(value);
  }

  /** Copies nothing first: Tablesaw's {@code removeMissing} is a copy, cleared and filled again. */
  @Override
  public void clear() {
    if (isCopy && !isOwned()) {
      a = ShortArrays.EMPTY_ARRAY;
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
  public void addElements(int index, short[] source, int offset, int length) {
    own();
    super.addElements(index, source, offset, length);
  }

  @Override
  public void setElements(int index, short[] source, int offset, int length) {
    own();
    super.setElements(index, source, offset, length);
  }

  @Override
  public boolean addAll(int index, ShortCollection values) {
    own();
    return super.addAll(index, values);
  }

  @Override
  public boolean addAll(int index, ShortList values) {
    own();
    return super.addAll(index, values);
  }

  @Override
  public boolean removeAll(ShortCollection values) {
    own();
    return super.removeAll(values);
  }

  @Override
  public boolean removeIf(ShortPredicate filter) {
    own();
    return super.removeIf(filter);
  }

  @Override
  public void sort(ShortComparator order) {
    own();
    super.sort(order);
  }

  @Override
  public void unstableSort(ShortComparator order) {
    own();
    super.unstableSort(order);
  }
}
