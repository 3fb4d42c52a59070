package dev.trestle.column;

import dev.trestle.store.Layouts;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import java.lang.foreign.MemorySegment;

/** Doubles in several mapped pieces, or a copy of mapped ones that nobody has changed yet. */
final class ChunkedDoubleList extends MappedDoubles {
  private final Pieces pieces;

  ChunkedDoubleList(Pieces pieces, boolean isCopy) {
    super(pieces.size(), isCopy);
    this.pieces = pieces;
  }

  @Override
  public double getDouble(int index) {
    if (isOwned()) {
      return owned(index);
    }
    Piece piece = pieces.at(index);
    return piece.isMissing(index)
        ? Double.NaN
        : piece.values().get(Layouts.DOUBLE, piece.index(index) << 3);
  }

  @Override
  public void getElements(int from, double[] target, int offset, int length) {
    if (isOwned()) {
      System.arraycopy(a, from, target, offset, length);
      return;
    }
    for (int row = from; row < from + length; ) {
      Piece piece = pieces.at(row);
      int end = Math.min(piece.to(), from + length);
      int at = offset + row - from;
      MemorySegment.copy(
          piece.values(), Layouts.DOUBLE, piece.index(row) << 3, target, at, end - row);
      for (; row < end; row++, at++) {
        if (piece.isMissing(row)) {
          target[at] = Double.NaN;
        }
      }
    }
  }

  @Override
  public DoubleArrayList clone() {
    return isOwned()
        ? DoubleArrayList.wrap(toDoubleArray())
        : new ChunkedDoubleList(pieces.again(), true);
  }
}
