package dev.trestle.column;

import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.longs.LongCollection;
import it.unimi.dsi.fastutil.longs.LongComparator;
import it.unimi.dsi.fastutil.longs.LongList;
import it.unimi.dsi.fastutil.longs.LongListIterator;
import it.unimi.dsi.fastutil.longs.LongSpliterator;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;

/**
 * A read-only list of longs that are not in an array, in the guise that Tablesaw's columns ask for.
 *
 * <p>The inherited array is null: whatever still reads it (fastutil does so across lists, in {@code
 * equals} and the copy constructor) fails at once instead of seeing an empty list.
 */
abstract class MappedLongs extends LongArrayList {

  MappedLongs(int size) {
    super(NO_ARRAY, true);
    a = null;
    this.size = size;
  }

  private static final long[] NO_ARRAY = {};

  @Override
  public abstract long getLong(int index);

  /** A copy on the heap, free to be changed. */
  @Override
  public LongArrayList clone() {
    return LongArrayList.wrap(toLongArray());
  }

  @Override
  public void getElements(int from, long[] target, int offset, int length) {
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
    return new LongRandomAccessSubList(this, from, to);
  }

  @Override
  public LongListIterator listIterator(int index) {
    return subList(0, size).listIterator(index);
  }

  @Override
  public LongSpliterator spliterator() {
    return subList(0, size).spliterator();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof List<?> list && subList(0, size).equals(list);
  }

  @Override
  @SuppressWarnings("NonOverridingEquals") // fastutil's overload, which would read the array
  public boolean equals(LongArrayList other) {
    return subList(0, size).equals(other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }

  @Override
  public int compareTo(LongArrayList other) {
    return subList(0, size).compareTo(other);
  }

  @Override
  public int compareTo(List<? extends Long> other) {
    return subList(0, size).compareTo(other);
  }

  @Override
  public long[] elements() {
    throw Shared.readOnly();
  }

  @Override
  public void ensureCapacity(int capacity) {
    throw Shared.readOnly();
  }

  @Override
  public boolean add(long value) {
    throw Shared.readOnly();
  }

  @Override
  public void add(int index, long value) {
    throw Shared.readOnly();
  }

  @Override
  public long set(int index, long value) {
    throw Shared.readOnly();
  }

  @Override
  public long removeLong(int index) {
    throw Shared.readOnly();
  }

  @Override
  public boolean rem(long value) {
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
  public void addElements(int index, long[] source, int offset, int length) {
    throw Shared.readOnly();
  }

  @Override
  public void setElements(int index, long[] source, int offset, int length) {
    throw Shared.readOnly();
  }

  @Override
  public boolean addAll(int index, LongCollection values) {
    throw Shared.readOnly();
  }

  @Override
  public boolean addAll(int index, LongList values) {
    throw Shared.readOnly();
  }

  @Override
  public boolean removeAll(LongCollection values) {
    throw Shared.readOnly();
  }

  @Override
  public boolean removeIf(LongPredicate filter) {
    throw Shared.readOnly();
  }

  @Override
  public void sort(LongComparator order) {
    throw Shared.readOnly();
  }

  @Override
  public void unstableSort(LongComparator order) {
    throw Shared.readOnly();
  }
}
