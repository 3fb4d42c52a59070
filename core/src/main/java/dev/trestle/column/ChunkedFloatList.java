package dev.trestle.column;

import dev.trestle.store.Layouts;
import it.unimi.dsi.fastutil.floats.FloatArrayList;
import java.lang.foreign.MemorySegment;

/** Floats in several mapped pieces, or a copy of mapped ones that nobody has changed yet. */
final class ChunkedFloatList extends MappedFloats {
  private final Pieces pieces;

  ChunkedFloatList(Pieces pieces, boolean isCopy) {
    super(pieces.size(), isCopy);
    this.pieces = pieces;
  }

  @Override
  public float getFloat(int index) {
    if (isOwned()) {
      return owned(index);
    }
    Piece piece = pieces.at(index);
    return piece.isMissing(index)
        ? Float.NaN
        : piece.values().get(Layouts.FLOAT, piece.index(index) << 2);
  }

  @Override
  public void getElements(int from, float[] target, int offset, int length) {
    if (isOwned()) {
      System.arraycopy(a, from, target, offset, length);
      return;
    }
    for (int row = from; row < from + length; ) {
      Piece piece = pieces.at(row);
      int end = Math.min(piece.to(), from + length);
      int at = offset + row - from;
      MemorySegment.copy(
          piece.values(), Layouts.FLOAT, piece.index(row) << 2, target, at, end - row);
      for (; row < end; row++, at++) {
        if (piece.isMissing(row)) {
          target[at] = Float.NaN;
        }
      }
    }
  }

  @Override
  public FloatArrayList clone() {
    return isOwned()
        ? FloatArrayList.wrap(toFloatArray())
        : new ChunkedFloatList(pieces.again(), true);
  }
}
