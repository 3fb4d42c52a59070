package dev.trestle.column;

import dev.trestle.store.Layouts;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.lang.foreign.MemorySegment;

/** Ints in several mapped pieces, or a copy of mapped ones that nobody has changed yet. */
final class ChunkedIntList extends MappedInts {
  private final Pieces pieces;

  ChunkedIntList(Pieces pieces, boolean isCopy) {
    super(pieces.size(), isCopy);
    this.pieces = pieces;
  }

  @Override
  public int getInt(int index) {
    if (isOwned()) {
      return owned(index);
    }
    Piece piece = pieces.at(index);
    return piece.isMissing(index)
        ? Integer.MIN_VALUE
        : piece.values().get(Layouts.INT, piece.index(index) << 2);
  }

  @Override
  public void getElements(int from, int[] target, int offset, int length) {
    if (isOwned()) {
      System.arraycopy(a, from, target, offset, length);
      return;
    }
    for (int row = from; row < from + length; ) {
      Piece piece = pieces.at(row);
      int end = Math.min(piece.to(), from + length);
      int at = offset + row - from;
      MemorySegment.copy(piece.values(), Layouts.INT, piece.index(row) << 2, target, at, end - row);
      for (; row < end; row++, at++) {
        if (piece.isMissing(row)) {
          target[at] = Integer.MIN_VALUE;
        }
      }
    }
  }

  @Override
  public IntArrayList clone() {
    return isOwned() ? IntArrayList.wrap(toIntArray()) : new ChunkedIntList(pieces.again(), true);
  }
}
