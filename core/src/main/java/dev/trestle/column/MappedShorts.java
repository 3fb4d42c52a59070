package dev.trestle.column;

import it.unimi.dsi.fastutil.shorts.ShortArrayList;
import it.unimi.dsi.fastutil.shorts.ShortCollection;
import it.unimi.dsi.fastutil.shorts.ShortComparator;
import it.unimi.dsi.fastutil.shorts.ShortConsumer;
import it.unimi.dsi.fastutil.shorts.ShortList;
import it.unimi.dsi.fastutil.shorts.ShortListIterator;
import it.unimi.dsi.fastutil.shorts.ShortPredicate;
import it.unimi.dsi.fastutil.shorts.ShortSpliterator;
import java.util.List;

/**
 * A read-only list of shorts that are not in an array, in the guise that Tablesaw's columns ask
 * for.
 *
 * <p>The inherited array is null: whatever still reads it (fastutil does so across lists, in {@code
 * equals} and the copy constructor) fails at once instead of seeing an empty list.
 */
abstract class MappedShorts extends ShortArrayList {

  MappedShorts(int size) {
    super(NO_ARRAY, true);
    a = null;
    this.size = size;
  }

  private static final short[] NO_ARRAY = {};

  @Override
  public abstract short getShort(int index);

  /** A copy on the heap, free to be changed. */
  @Override
  public ShortArrayList clone() {
    return ShortArrayList.wrap(toShortArray());
  }

  @Override
  public void getElements(int from, short[] target, int offset, int length) {
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
    return new ShortRandomAccessSubList(this, from, to);
  }

  @Override
  public ShortListIterator listIterator(int index) {
    return subList(0, size).listIterator(index);
  }

  @Override
  public ShortSpliterator spliterator() {
    return subList(0, size).spliterator();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof List<?> list && subList(0, size).equals(list);
  }

  @Override
  @SuppressWarnings("NonOverridingEquals") // fastutil's overload, which would read the array
  public boolean equals(ShortArrayList other) {
    return subList(0, size).equals(other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }

  @Override
  public int compareTo(ShortArrayList other) {
    return subList(0, size).compareTo(other);
  }

  @Override
  public int compareTo(List<? extends Short> other) {
    return subList(0, size).compareTo(other);
  }

  @Override
  public short[] elements() {
    throw Shared.readOnly();
  }

  @Override
  public void ensureCapacity(int capacity) {
    throw Shared.readOnly();
  }

  @Override
  public boolean add(short value) {
    throw Shared.readOnly();
  }

  @Override
  public void add(int index, short value) {
    throw Shared.readOnly();
  }

  @Override
  public short set(int index, short value) {
    throw Shared.readOnly();
  }

  @Override
  public short removeShort(int index) {
    throw Shared.readOnly();
  }

  @Override
  public boolean rem(short value) {
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
  public void addElements(int index, short[] source, int offset, int length) {
    throw Shared.readOnly();
  }

  @Override
  public void setElements(int index, short[] source, int offset, int length) {
    throw Shared.readOnly();
  }

  @Override
  public boolean addAll(int index, ShortCollection values) {
    throw Shared.readOnly();
  }

  @Override
  public boolean addAll(int index, ShortList values) {
    throw Shared.readOnly();
  }

  @Override
  public boolean removeAll(ShortCollection values) {
    throw Shared.readOnly();
  }

  @Override
  public boolean removeIf(ShortPredicate filter) {
    throw Shared.readOnly();
  }

  @Override
  public void sort(ShortComparator order) {
    throw Shared.readOnly();
  }

  @Override
  public void unstableSort(ShortComparator order) {
    throw Shared.readOnly();
  }
}
