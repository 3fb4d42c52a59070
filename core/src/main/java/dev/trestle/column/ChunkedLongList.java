package dev.trestle.column;

import dev.trestle.store.Layouts;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.lang.foreign.MemorySegment;

/** Longs in several mapped pieces, or a copy of mapped ones that nobody has changed yet. */
final class ChunkedLongList extends MappedLongs {
  private final Pieces pieces;

  ChunkedLongList(Pieces pieces, boolean isCopy) {
    super(pieces.size(), isCopy);
    this.pieces = pieces;
  }

  @Override
  public long getLong(int index) {
    if (isOwned()) {
      return owned(index);
    }
    Piece piece = pieces.at(index);
    return piece.isMissing(index)
        ? Long.MIN_VALUE
        : piece.values().get(Layouts.LONG, piece.index(index) << 3);
  }

  @Override
  public void getElements(int from, long[] target, int offset, int length) {
    if (isOwned()) {
      System.arraycopy(a, from, target, offset, length);
      return;
    }
    for (int row = from; row < from + length; ) {
      Piece piece = pieces.at(row);
      int end = Math.min(piece.to(), from + length);
      int at = offset + row - from;
      MemorySegment.copy(
          piece.values(), Layouts.LONG, piece.index(row) << 3, target, at, end - row);
      for (; row < end; row++, at++) {
        if (piece.isMissing(row)) {
          target[at] = Long.MIN_VALUE;
        }
      }
    }
  }

  @Override
  public LongArrayList clone() {
    return isOwned()
        ? LongArrayList.wrap(toLongArray())
        : new ChunkedLongList(pieces.again(), true);
  }
}
