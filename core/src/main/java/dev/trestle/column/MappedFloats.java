package dev.trestle.column;

import it.unimi.dsi.fastutil.floats.FloatArrayList;
import it.unimi.dsi.fastutil.floats.FloatArrays;
import it.unimi.dsi.fastutil.floats.FloatCollection;
import it.unimi.dsi.fastutil.floats.FloatComparator;
import it.unimi.dsi.fastutil.floats.FloatConsumer;
import it.unimi.dsi.fastutil.floats.FloatList;
import it.unimi.dsi.fastutil.floats.FloatListIterator;
import it.unimi.dsi.fastutil.floats.FloatPredicate;
import it.unimi.dsi.fastutil.floats.FloatSpliterator;
import java.util.List;

/**
 * A list of floats that are not in an array, in the guise that Tablesaw's columns ask for.
 *
 * <p>It cannot be written to, unless it is a copy: that one gets an array at the first write and is
 * an ordinary list from then on. Until then the inherited array is null: whatever still reads it
 * (fastutil does so across lists, in {@code equals} and the copy constructor) fails at once instead
 * of seeing an empty list.
 */
abstract class MappedFloats extends FloatArrayList {
  private final boolean isCopy;

  /** How many values a copy had when it was cleared: as much room as Tablesaw's own would keep. */
  private int room;

  /**
   * @param isCopy whether it may become an ordinary list when it is written to
   */
  MappedFloats(int size, boolean isCopy) {
    super(FloatArrays.EMPTY_ARRAY, true);
    a = null;
    this.size = size;
    this.isCopy = isCopy;
  }

  @Override
  public abstract float getFloat(int index);

  /** A copy to be changed, which takes no room until that happens. */
  @Override
  public abstract FloatArrayList clone();

  /** Whether the values are in the inherited array by now. */
  final boolean isOwned() {
    return a != null;
  }

  /** A value of the inherited array. */
  final float owned(int index) {
    return super.getFloat(index);
  }

  /** Comes before each write. */
  private void own() {
    if (a == null) {
      if (!isCopy) {
        throw Shared.readOnly();
      }
      a = toFloatArray();
    }
  }

  @Override
  public void getElements(int from, float[] target, int offset, int length) {
    FloatArrays.ensureOffsetLength(target, offset, length);
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
    return isOwned() ? super.subList(from, to) : new FloatRandomAccessSubList(this, from, to);
  }

  @Override
  public FloatListIterator listIterator(int index) {
    return isOwned() ? super.listIterator(index) : new FloatCursor(this, index);
  }

  @Override
  public FloatSpliterator spliterator() {
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
  public boolean equals(FloatArrayList other) {
    return isOwned() ? super.equals(other) : equals((Object) other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }

  @Override
  public int compareTo(FloatArrayList other) {
    return isOwned() ? super.compareTo(other) : compareTo((List<? extends Float>) other);
  }

  @Override
  public int compareTo(List<? extends Float> other) {
    return isOwned() ? super.compareTo(other) : subList(0, size).compareTo(other);
  }

  @Override
  public float[] elements() {
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
  public boolean add(float value) {
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
      a = a.length == 0 ? new float[Math.max(room, least)] : FloatArrays.grow(a, least, size);
    }
  }

  @Override
  public void add(int index, float value) {
    own();
    super.add(index, value);
  }

  @Override
  public float set(int index, float value) {
    own();
    return super.set(index, value);
  }

  @Override
  public float removeFloat(int index) {
    own();
    return super.removeFloat(index);
  }

  @Override
  public boolean rem(float value) {
    own();
    return super.rem(value);
  }

  /** Copies nothing first: Tablesaw's {@code removeMissing} is a copy, cleared and filled again. */
  @Override
  public void clear() {
    if (isCopy && !isOwned()) {
      a = FloatArrays.EMPTY_ARRAY;
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
  public void addElements(int index, float[] source, int offset, int length) {
    own();
    super.addElements(index, source, offset, length);
  }

  @Override
  public void setElements(int index, float[] source, int offset, int length) {
    own();
    super.setElements(index, source, offset, length);
  }

  @Override
  public boolean addAll(int index, FloatCollection values) {
    own();
    return super.addAll(index, values);
  }

  @Override
  public boolean addAll(int index, FloatList values) {
    own();
    return super.addAll(index, values);
  }

  @Override
  public boolean removeAll(FloatCollection values) {
    own();
    return super.removeAll(values);
  }

  @Override
  public boolean removeIf(FloatPredicate filter) {
    own();
    return super.removeIf(filter);
  }

  @Override
  public void sort(FloatComparator order) {
    own();
    super.sort(order);
  }

  @Override
  public void unstableSort(FloatComparator order) {
    own();
    super.unstableSort(order);
  }
}
