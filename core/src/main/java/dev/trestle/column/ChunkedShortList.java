package dev.trestle.column;

import dev.trestle.store.Layouts;
import it.unimi.dsi.fastutil.shorts.ShortArrayList;
import java.lang.foreign.MemorySegment;

/** Shorts in several mapped pieces, or a copy of mapped ones that nobody has changed yet. */
final class ChunkedShortList extends MappedShorts {
  private final Pieces pieces;

  ChunkedShortList(Pieces pieces, boolean isCopy) {
    super(pieces.size(), isCopy);
    this.pieces = pieces;
  }

  @Override
  public short getShort(int index) {
    if (isOwned()) {
      return owned(index);
    }
    Piece piece = pieces.at(index);
    return piece.isMissing(index)
        ? Short.MIN_VALUE
        : piece.values().get(Layouts.SHORT, piece.index(index) << 1);
  }

  @Override
  public void getElements(int from, short[] target, int offset, int length) {
    if (isOwned()) {
      System.arraycopy(a, from, target, offset, length);
      return;
    }
    for (int row = from; row < from + length; ) {
      Piece piece = pieces.at(row);
      int end = Math.min(piece.to(), from + length);
      int at = offset + row - from;
      MemorySegment.copy(
          piece.values(), Layouts.SHORT, piece.index(row) << 1, target, at, end - row);
      for (; row < end; row++, at++) {
        if (piece.isMissing(row)) {
          target[at] = Short.MIN_VALUE;
        }
      }
    }
  }

  @Override
  public ShortArrayList clone() {
    return isOwned()
        ? ShortArrayList.wrap(toShortArray())
        : new ChunkedShortList(pieces.again(), true);
  }
}
