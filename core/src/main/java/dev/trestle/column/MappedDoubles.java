package dev.trestle.column;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.doubles.DoubleArrays;
import it.unimi.dsi.fastutil.doubles.DoubleCollection;
import it.unimi.dsi.fastutil.doubles.DoubleComparator;
import it.unimi.dsi.fastutil.doubles.DoubleList;
import it.unimi.dsi.fastutil.doubles.DoubleListIterator;
import it.unimi.dsi.fastutil.doubles.DoubleSpliterator;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.function.DoublePredicate;

/**
 * A list of doubles that are not in an array, in the guise that Tablesaw's columns ask for.
 *
 * <p>It cannot be written to, unless it is a copy: that one gets an array at the first write and is
 * an ordinary list from then on. Until then the inherited array is null: whatever still reads it
 * (fastutil does so across lists, in {@code equals} and the copy constructor) fails at once instead
 * of seeing an empty list.
 */
abstract class MappedDoubles extends DoubleArrayList {
  private final boolean isCopy;

  /** How many values a copy had when it was cleared: as much room as Tablesaw's own would keep. */
  private int room;

  /**
   * @param isCopy whether it may become an ordinary list when it is written to
   */
  MappedDoubles(int size, boolean isCopy) {
    super(DoubleArrays.EMPTY_ARRAY, true);
    a = null;
    this.size = size;
    this.isCopy = isCopy;
  }

  @Override
  public abstract double getDouble(int index);

  /** A copy to be changed, which takes no room until that happens. */
  @Override
  public abstract DoubleArrayList clone();

  /** Whether the values are in the inherited array by now. */
  final boolean isOwned() {
    return a != null;
  }

  /** A value of the inherited array. */
  final double owned(int index) {
    return super.getDouble(index);
  }

  /** Comes before each write. */
  private void own() {
    if (a == null) {
      if (!isCopy) {
        throw Shared.readOnly();
      }
      a = toDoubleArray();
    }
  }

  @Override
  public void getElements(int from, double[] target, int offset, int length) {
    DoubleArrays.ensureOffsetLength(target, offset, length);
    for (int i = 0; i < length; i++) {
      target[offset + i] = getDouble(from + i);
    }
  }

  @Override
  public double[] toArray(double[] target) {
    double[] filled = target.length < size ? new double[size] : target;
    getElements(0, filled, 0, size);
    return filled;
  }

  @Override
  public int indexOf(double value) {
    for (int i = 0; i < size; i++) {
      if (Double.doubleToLongBits(getDouble(i)) == Double.doubleToLongBits(value)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public int lastIndexOf(double value) {
    for (int i = size - 1; i >= 0; i--) {
      if (Double.doubleToLongBits(getDouble(i)) == Double.doubleToLongBits(value)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public void forEach(DoubleConsumer action) {
    for (int i = 0; i < size; i++) {
      action.accept(getDouble(i));
    }
  }

  @Override
  public DoubleList subList(int from, int to) {
    return isOwned() ? super.subList(from, to) : new DoubleRandomAccessSubList(this, from, to);
  }

  @Override
  public DoubleListIterator listIterator(int index) {
    return isOwned() ? super.listIterator(index) : new DoubleCursor(this, index);
  }

  @Override
  public DoubleSpliterator spliterator() {
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
  public boolean equals(DoubleArrayList other) {
    return isOwned() ? super.equals(other) : equals((Object) other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }

  @Override
  public int compareTo(DoubleArrayList other) {
    return isOwned() ? super.compareTo(other) : compareTo((List<? extends Double>) other);
  }

  @Override
  public int compareTo(List<? extends Double> other) {
    return isOwned() ? super.compareTo(other) : subList(0, size).compareTo(other);
  }

  @Override
  public double[] elements() {
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
  public boolean add(double value) {
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
      a = a.length == 0 ? new double[Math.max(room, least)] : DoubleArrays.grow(a, least, size);
    }
  }

  @Override
  public void add(int index, double value) {
    own();
    super.add(index, value);
  }

  @Override
  public double set(int index, double value) {
    own();
    return super.set(index, value);
  }

  @Override
  public double removeDouble(int index) {
    own();
    return super.removeDouble(index);
  }

  @Override
  public boolean rem(double value) {
    own();
    return super.rem(value);
  }

  /** Copies nothing first: Tablesaw's {@code removeMissing} is a copy, cleared and filled again. */
  @Override
  public void clear() {
    if (isCopy && !isOwned()) {
      a = DoubleArrays.EMPTY_ARRAY;
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
  public void addElements(int index, double[] source, int offset, int length) {
    own();
    super.addElements(index, source, offset, length);
  }

  @Override
  public void setElements(int index, double[] source, int offset, int length) {
    own();
    super.setElements(index, source, offset, length);
  }

  @Override
  public boolean addAll(int index, DoubleCollection values) {
    own();
    return super.addAll(index, values);
  }

  @Override
  public boolean addAll(int index, DoubleList values) {
    own();
    return super.addAll(index, values);
  }

  @Override
  public boolean removeAll(DoubleCollection values) {
    own();
    return super.removeAll(values);
  }

  @Override
  public boolean removeIf(DoublePredicate filter) {
    own();
    return super.removeIf(filter);
  }

  @Override
  public void sort(DoubleComparator order) {
    own();
    super.sort(order);
  }

  @Override
  public void unstableSort(DoubleComparator order) {
    own();
    super.unstableSort(order);
  }
}
