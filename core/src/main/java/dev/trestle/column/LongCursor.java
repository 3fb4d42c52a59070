package dev.trestle.column;

import it.unimi.dsi.fastutil.longs.LongArrays;
import it.unimi.dsi.fastutil.longs.LongIterators;
import java.util.NoSuchElementException;
import java.util.Objects;

/**
 * Goes through a mapped list and reads a block ahead: Tablesaw's removeMissing, under every
 * aggregate, and many of its filters are iterations, and a value takes more checks to get from the
 * mapping than from an array. For one thread, as any iterator.
 */
final class LongCursor extends LongIterators.AbstractIndexBasedListIterator {
  private static final int FIRST_BLOCK = 32; // values: many an iteration ends early
  private static final int BLOCK = 1024;

  private final MappedLongs list;
  private long[] block = LongArrays.EMPTY_ARRAY;
  private int start;

  LongCursor(MappedLongs list, int index) {
    super(0, Objects.checkIndex(index, list.size() + 1));
    this.list = list;
  }

  @Override
  public boolean hasNext() {
    return pos < list.size();
  }

  @Override
  public long nextLong() {
    int at = pos - start;
    if (Integer.compareUnsigned(at, block.length) >= 0 || list.isOwned()) {
      return readAhead();
    }
    lastReturned = pos++;
    return block[at];
  }

  private long readAhead() {
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
      block = new long[length];
    }
    list.getElements(start, block, 0, length);
    return block[0];
  }

  @Override
  protected long get(int location) {
    return list.getLong(location);
  }

  @Override
  protected void add(int location, long value) {
    list.add(location, value);
  }

  @Override
  protected void set(int location, long value) {
    list.set(location, value);
  }

  @Override
  protected void remove(int location) {
    list.removeLong(location);
  }

  @Override
  protected int getMaxPos() {
    return list.size();
  }
}
