package dev.trestle.column;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.doubles.DoubleCollection;
import it.unimi.dsi.fastutil.doubles.DoubleComparator;
import it.unimi.dsi.fastutil.doubles.DoubleList;
import it.unimi.dsi.fastutil.doubles.DoubleListIterator;
import it.unimi.dsi.fastutil.doubles.DoubleSpliterator;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.function.DoublePredicate;

/**
 * A read-only list of doubles that are not in an array, in the guise that Tablesaw's columns ask
 * for.
 *
 * <p>The inherited array is null: whatever still reads it (fastutil does so across lists, in {@code
 * equals} and the copy constructor) fails at once instead of seeing an empty list.
 */
abstract class MappedDoubles extends DoubleArrayList {

  MappedDoubles(int size) {
    super(NO_ARRAY, true);
    a = null;
    this.size = size;
  }

  private static final double[] NO_ARRAY = {};

  @Override
  public abstract double getDouble(int index);

  /** A copy on the heap, free to be changed. */
  @Override
  public DoubleArrayList clone() {
    return DoubleArrayList.wrap(toDoubleArray());
  }

  @Override
  public void getElements(int from, double[] target, int offset, int length) {
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
    return new DoubleRandomAccessSubList(this, from, to);
  }

  @Override
  public DoubleListIterator listIterator(int index) {
    return subList(0, size).listIterator(index);
  }

  @Override
  public DoubleSpliterator spliterator() {
    return subList(0, size).spliterator();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof List<?> list && subList(0, size).equals(list);
  }

  @Override
  @SuppressWarnings("NonOverridingEquals") // fastutil's overload, which would read the array
  public boolean equals(DoubleArrayList other) {
    return subList(0, size).equals(other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }

  @Override
  public int compareTo(DoubleArrayList other) {
    return subList(0, size).compareTo(other);
  }

  @Override
  public int compareTo(List<? extends Double> other) {
    return subList(0, size).compareTo(other);
  }

  @Override
  public double[] elements() {
    throw Shared.readOnly();
  }

  @Override
  public void ensureCapacity(int capacity) {
    throw Shared.readOnly();
  }

  @Override
  public boolean add(double value) {
    throw Shared.readOnly();
  }

  @Override
  public void add(int index, double value) {
    throw Shared.readOnly();
  }

  @Override
  public double set(int index, double value) {
    throw Shared.readOnly();
  }

  @Override
  public double removeDouble(int index) {
    throw Shared.readOnly();
  }

  @Override
  public boolean rem(double value) {
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
  public void addElements(int index, double[] source, int offset, int length) {
    throw Shared.readOnly();
  }

  @Override
  public void setElements(int index, double[] source, int offset, int length) {
    throw Shared.readOnly();
  }

  @Override
  public boolean addAll(int index, DoubleCollection values) {
    throw Shared.readOnly();
  }

  @Override
  public boolean addAll(int index, DoubleList values) {
    throw Shared.readOnly();
  }

  @Override
  public boolean removeAll(DoubleCollection values) {
    throw Shared.readOnly();
  }

  @Override
  public boolean removeIf(DoublePredicate filter) {
    throw Shared.readOnly();
  }

  @Override
  public void sort(DoubleComparator order) {
    throw Shared.readOnly();
  }

  @Override
  public void unstableSort(DoubleComparator order) {
    throw Shared.readOnly();
  }
}
