package dev.trestle.column;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntArrays;
import it.unimi.dsi.fastutil.ints.IntCollection;
import it.unimi.dsi.fastutil.ints.IntComparator;
import it.unimi.dsi.fastutil.ints.IntList;
import it.unimi.dsi.fastutil.ints.IntListIterator;
import it.unimi.dsi.fastutil.ints.IntSpliterator;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * A list of ints that are not in an array, in the guise that Tablesaw's columns ask for.
 *
 * <p>It cannot be written to, unless it is a copy: that one gets an array at the first write and is
 * an ordinary list from then on. Until then the inherited array is null: whatever still reads it
 * (fastutil does so across lists, in {@code equals} and the copy constructor) fails at once instead
 * of seeing an empty list.
 */
abstract class MappedInts extends IntArrayList {
  private final boolean isCopy;

  /** How many values a copy had when it was cleared: as much room as Tablesaw's own would keep. */
  private int room;

  /**
   * @param isCopy whether it may become an ordinary list when it is written to
   */
  MappedInts(int size, boolean isCopy) {
    super(IntArrays.EMPTY_ARRAY, true);
    a = null;
    this.size = size;
    this.isCopy = isCopy;
  }

  @Override
  public abstract int getInt(int index);

  /** A copy to be changed, which takes no room until that happens. */
  @Override
  public abstract IntArrayList clone();

  /** Whether the values are in the inherited array by now. */
  final boolean isOwned() {
    return a != null;
  }

  /** A value of the inherited array. */
  final int owned(int index) {
    return super.getInt(index);
  }

  /** Comes before each write. */
  private void own() {
    if (a == null) {
      if (!isCopy) {
        throw Shared.readOnly();
      }
      a = toIntArray();
    }
  }

  @Override
  public void getElements(int from, int[] target, int offset, int length) {
    IntArrays.ensureOffsetLength(target, offset, length);
    for (int i = 0; i < length; i++) {
      target[offset + i] = getInt(from + i);
    }
  }

  @Override
  public int[] toArray(int[] target) {
    int[] filled = target.length < size ? new int[size] : target;
    getElements(0, filled, 0, size);
    return filled;
  }

  @Override
  public int indexOf(int value) {
    for (int i = 0; i < size; i++) {
      if (getInt(i) == value) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public int lastIndexOf(int value) {
    for (int i = size - 1; i >= 0; i--) {
      if (getInt(i) == value) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public void forEach(IntConsumer action) {
    for (int i = 0; i < size; i++) {
      action.accept(getInt(i));
    }
  }

  @Override
  public IntList subList(int from, int to) {
    return isOwned() ? super.subList(from, to) : new IntRandomAccessSubList(this, from, to);
  }

  @Override
  public IntListIterator listIterator(int index) {
    return isOwned() ? super.listIterator(index) : new IntCursor(this, index);
  }

  @Override
  public IntSpliterator spliterator() {
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
  public boolean equals(IntArrayList other) {
    return isOwned() ? super.equals(other) : equals((Object) other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }

  @Override
  public int compareTo(IntArrayList other) {
    return isOwned() ? super.compareTo(other) : compareTo((List<? extends Integer>) other);
  }

  @Override
  public int compareTo(List<? extends Integer> other) {
    return isOwned() ? super.compareTo(other) : subList(0, size).compareTo(other);
  }

  @Override
  public int[] elements() {
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
  public boolean add(int value) {
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
      a = a.length == 0 ? new int[Math.max(room, least)] : IntArrays.grow(a, least, size);
    }
  }

  @Override
  public void add(int index, int value) {
    own();
    super.add(index, value);
  }

  @Override
  public int set(int index, int value) {
    own();
    return super.set(index, value);
  }

  @Override
  public int removeInt(int index) {
    own();
    return super.removeInt(index);
  }

  @Override
  public boolean rem(int value) {
    own();
    return super.rem(value);
  }

  /** Copies nothing first: Tablesaw's {@code removeMissing} is a copy, cleared and filled again. */
  @Override
  public void clear() {
    if (isCopy && !isOwned()) {
      a = IntArrays.EMPTY_ARRAY;
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
  public void addElements(int index, int[] source, int offset, int length) {
    own();
    super.addElements(index, source, offset, length);
  }

  @Override
  public void setElements(int index, int[] source, int offset, int length) {
    own();
    super.setElements(index, source, offset, length);
  }

  @Override
  public boolean addAll(int index, IntCollection values) {
    own();
    return super.addAll(index, values);
  }

  @Override
  public boolean addAll(int index, IntList values) {
    own();
    return super.addAll(index, values);
  }

  @Override
  public boolean removeAll(IntCollection values) {
    own();
    return super.removeAll(values);
  }

  @Override
  public boolean removeIf(IntPredicate filter) {
    own();
    return super.removeIf(filter);
  }

  @Override
  public void sort(IntComparator order) {
    own();
    super.sort(order);
  }

  @Override
  public void unstableSort(IntComparator order) {
    own();
    super.unstableSort(order);
  }
}
