package dev.trestle.column;

import dev.trestle.store.Layouts;
import it.unimi.dsi.fastutil.longs.LongArrayList;

/** DateTimes in several mapped pieces, or a copy of mapped ones that nobody has changed yet. */
final class ChunkedDateTimeList extends MappedLongs {
  private final Pieces pieces;

  ChunkedDateTimeList(Pieces pieces, boolean isCopy) {
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
        : Packed.dateTime(piece.values().get(Layouts.LONG, piece.index(index) << 3));
  }

  @Override
  public LongArrayList clone() {
    return isOwned()
        ? LongArrayList.wrap(toLongArray())
        : new ChunkedDateTimeList(pieces.again(), true);
  }
}
