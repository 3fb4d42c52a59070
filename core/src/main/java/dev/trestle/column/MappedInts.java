package dev.trestle.column;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntCollection;
import it.unimi.dsi.fastutil.ints.IntComparator;
import it.unimi.dsi.fastutil.ints.IntList;
import it.unimi.dsi.fastutil.ints.IntListIterator;
import it.unimi.dsi.fastutil.ints.IntSpliterator;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * A read-only list of ints that are not in an array, in the guise that Tablesaw's columns ask for.
 *
 * <p>The inherited array is null: whatever still reads it (fastutil does so across lists, in {@code
 * equals} and the copy constructor) fails at once instead of seeing an empty list.
 */
abstract class MappedInts extends IntArrayList {

  MappedInts(int size) {
    super(NO_ARRAY, true);
    a = null;
    this.size = size;
  }

  private static final int[] NO_ARRAY = {};

  @Override
  public abstract int getInt(int index);

  /** A copy on the heap, free to be changed. */
  @Override
  public IntArrayList clone() {
    return IntArrayList.wrap(toIntArray());
  }

  @Override
  public void getElements(int from, int[] target, int offset, int length) {
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
    return new IntRandomAccessSubList(this, from, to);
  }

  @Override
  public IntListIterator listIterator(int index) {
    return subList(0, size).listIterator(index);
  }

  @Override
  public IntSpliterator spliterator() {
    return subList(0, size).spliterator();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof List<?> list && subList(0, size).equals(list);
  }

  @Override
  @SuppressWarnings("NonOverridingEquals") // fastutil's overload, which would read the array
  public boolean equals(IntArrayList other) {
    return subList(0, size).equals(other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }

  @Override
  public int compareTo(IntArrayList other) {
    return subList(0, size).compareTo(other);
  }

  @Override
  public int compareTo(List<? extends Integer> other) {
    return subList(0, size).compareTo(other);
  }

  @Override
  public int[] elements() {
    throw Shared.readOnly();
  }

  @Override
  public void ensureCapacity(int capacity) {
    throw Shared.readOnly();
  }

  @Override
  public boolean add(int value) {
    throw Shared.readOnly();
  }

  @Override
  public void add(int index, int value) {
    throw Shared.readOnly();
  }

  @Override
  public int set(int index, int value) {
    throw Shared.readOnly();
  }

  @Override
  public int removeInt(int index) {
    throw Shared.readOnly();
  }

  @Override
  public boolean rem(int value) {
    throw Shared.readOnly();
  }

  @Override
  public void clear() {
    throw Shared.readOnly();
  }

  @Override
  public void size(int newSize) {
    throw Shared.readOnly();
  }

  @Override
  public void trim(int capacity) {
    throw Shared.readOnly();
  }

  @Override
  public void removeElements(int from, int to) {
    throw Shared.readOnly();
  }

  @Override
  public void addElements(int index, int[] source, int offset, int length) {
    throw Shared.readOnly();
  }

  @Override
  public void setElements(int index, int[] source, int offset, int length) {
    throw Shared.readOnly();
  }

  @Override
  public boolean addAll(int index, IntCollection values) {
    throw Shared.readOnly();
  }

  @Override
  public boolean addAll(int index, IntList values) {
    throw Shared.readOnly();
  }

  @Override
  public boolean removeAll(IntCollection values) {
    throw Shared.readOnly();
  }

  @Override
  public boolean removeIf(IntPredicate filter) {
    throw Shared.readOnly();
  }

  @Override
  public void sort(IntComparator order) {
    throw Shared.readOnly();
  }

  @Override
  public void unstableSort(IntComparator order) {
    throw Shared.readOnly();
  }
}
