package dev.trestle.column;

import dev.trestle.store.Layouts;
import it.unimi.dsi.fastutil.ints.IntArrayList;

/** Times in several mapped pieces, or a copy of mapped ones that nobody has changed yet. */
final class ChunkedTimeList extends MappedInts {
  private final Pieces pieces;

  ChunkedTimeList(Pieces pieces, boolean isCopy) {
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
        : Packed.time(piece.values().get(Layouts.INT, piece.index(index) << 2));
  }

  @Override
  public IntArrayList clone() {
    return isOwned() ? IntArrayList.wrap(toIntArray()) : new ChunkedTimeList(pieces.again(), true);
  }
}
