package dev.trestle.column;

import it.unimi.dsi.fastutil.ints.IntArrays;
import it.unimi.dsi.fastutil.ints.IntIterators;
import java.util.NoSuchElementException;
import java.util.Objects;

/**
 * Goes through a mapped list and reads a block ahead: Tablesaw's removeMissing, under every
 * aggregate, and many of its filters are iterations, and a value takes more checks to get from the
 * mapping than from an array. For one thread, as any iterator.
 */
final class IntCursor extends IntIterators.AbstractIndexBasedListIterator {
  private static final int FIRST_BLOCK = 32; // values: many an iteration ends early
  private static final int BLOCK = 1024;

  private final MappedInts list;
  private int[] block = IntArrays.EMPTY_ARRAY;
  private int start;

  IntCursor(MappedInts list, int index) {
    super(0, Objects.checkIndex(index, list.size() + 1));
    this.list = list;
  }

  @Override
  public boolean hasNext() {
    return pos < list.size();
  }

  @Override
  public int nextInt() {
    int at = pos - start;
    if (Integer.compareUnsigned(at, block.length) >= 0 || list.isOwned()) {
      return readAhead();
    }
    lastReturned = pos++;
    return block[at];
  }

  private int readAhead() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    lastReturned = pos++;
    if (list.isOwned()) { // a copy that may have been written to since
      return list.owned(lastReturned);
    }
    start = lastReturned;
    int length = Math.min(block.length == 0 ? FIRST_BLOCK : BLOCK, list.size() - start);
    if (length != block.length) {
      block = new int[length];
    }
    list.getElements(start, block, 0, length);
    return block[0];
  }

  @Override
  protected int get(int location) {
    return list.getInt(location);
  }

  @Override
  protected void add(int location, int value) {
    list.add(location, value);
  }

  @Override
  protected void set(int location, int value) {
    list.set(location, value);
  }

  @Override
  protected void remove(int location) {
    list.removeInt(location);
  }

  @Override
  protected int getMaxPos() {
    return list.size();
  }
}
