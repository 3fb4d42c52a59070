package dev.trestle.column;

import it.unimi.dsi.fastutil.floats.FloatArrayList;
import it.unimi.dsi.fastutil.floats.FloatCollection;
import it.unimi.dsi.fastutil.floats.FloatComparator;
import it.unimi.dsi.fastutil.floats.FloatConsumer;
import it.unimi.dsi.fastutil.floats.FloatList;
import it.unimi.dsi.fastutil.floats.FloatListIterator;
import it.unimi.dsi.fastutil.floats.FloatPredicate;
import it.unimi.dsi.fastutil.floats.FloatSpliterator;
import java.util.List;

/**
 * A read-only list of floats that are not in an array, in the guise that Tablesaw's columns ask
 * for.
 *
 * <p>The inherited array is null: whatever still reads it (fastutil does so across lists, in {@code
 * equals} and the copy constructor) fails at once instead of seeing an empty list.
 */
abstract class MappedFloats extends FloatArrayList {

  MappedFloats(int size) {
    super(NO_ARRAY, true);
    a = null;
    this.size = size;
  }

  private static final float[] NO_ARRAY = {};

  @Override
  public abstract float getFloat(int index);

  /** A copy on the heap, free to be changed. */
  @Override
  public FloatArrayList clone() {
    return FloatArrayList.wrap(toFloatArray());
  }

  @Override
  public void getElements(int from, float[] target, int offset, int length) {
    for (int i = 0; i < length; i++) {
      target[offset + i] = getFloat(from + i);
    }
  }

  @Override
  public float[] toArray(float[] target) {
    float[] filled = target.length < size ? new float[size] : target;
    getElements(0, filled, 0, size);
    return filled;
  }

  @Override
  public int indexOf(float value) {
    for (int i = 0; i < size; i++) {
      if (Float.floatToIntBits(getFloat(i)) == Float.floatToIntBits(value)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public int lastIndexOf(float value) {
    for (int i = size - 1; i >= 0; i--) {
      if (Float.floatToIntBits(getFloat(i)) == Float.floatToIntBits(value)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public void forEach(FloatConsumer action) {
    for (int i = 0; i < size; i++) {
      action.accept(getFloat(i));
    }
  }

  @Override
  public FloatList subList(int from, int to) {
    return new FloatRandomAccessSubList(this, from, to);
  }

  @Override
  public FloatListIterator listIterator(int index) {
    return subList(0, size).listIterator(index);
  }

  @Override
  public FloatSpliterator spliterator() {
    return subList(0, size).spliterator();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof List<?> list && subList(0, size).equals(list);
  }

  @Override
  @SuppressWarnings("NonOverridingEquals") // fastutil's overload, which would read the array
  public boolean equals(FloatArrayList other) {
    return subList(0, size).equals(other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }

  @Override
  public int compareTo(FloatArrayList other) {
    return subList(0, size).compareTo(other);
  }

  @Override
  public int compareTo(List<? extends Float> other) {
    return subList(0, size).compareTo(other);
  }

  @Override
  public float[] elements() {
    throw Shared.readOnly();
  }

  @Override
  public void ensureCapacity(int capacity) {
    throw Shared.readOnly();
  }

  @Override
  public boolean add(float value) {
    throw Shared.readOnly();
  }

  @Override
  public void add(int index, float value) {
    throw Shared.readOnly();
  }

  @Override
  public float set(int index, float value) {
    throw Shared.readOnly();
  }

  @Override
  public float removeFloat(int index) {
    throw Shared.readOnly();
  }

  @Override
  public boolean rem(float value) {
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
  public void addElements(int index, float[] source, int offset, int length) {
    throw Shared.readOnly();
  }

  @Override
  public void setElements(int index, float[] source, int offset, int length) {
    throw Shared.readOnly();
  }

  @Override
  public boolean addAll(int index, FloatCollection values) {
    throw Shared.readOnly();
  }

  @Override
  public boolean addAll(int index, FloatList values) {
    throw Shared.readOnly();
  }

  @Override
  public boolean removeAll(FloatCollection values) {
    throw Shared.readOnly();
  }

  @Override
  public boolean removeIf(FloatPredicate filter) {
    throw Shared.readOnly();
  }

  @Override
  public void sort(FloatComparator order) {
    throw Shared.readOnly();
  }

  @Override
  public void unstableSort(FloatComparator order) {
    throw Shared.readOnly();
  }
}
