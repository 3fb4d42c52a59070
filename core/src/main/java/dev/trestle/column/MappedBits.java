package dev.trestle.column;

import static tech.tablesaw.columns.booleans.BooleanColumnType.BYTE_FALSE;
import static tech.tablesaw.columns.booleans.BooleanColumnType.BYTE_TRUE;
import static tech.tablesaw.columns.booleans.BooleanColumnType.MISSING_VALUE;

import tech.tablesaw.columns.booleans.BooleanData;

/** Booleans read from one or more pairs of bitmaps: the values, and which of them are there. */
final class MappedBits extends MappedBooleans {
  private final Pieces pieces;

  MappedBits(Pieces pieces, boolean isCopy) {
    super(pieces.size(), isCopy);
    this.pieces = pieces;
  }

  @Override
  byte mapped(int row) {
    if (row >= pieces.size()) {
      return MISSING_VALUE;
    }
    Piece piece = pieces.at(row);
    if (piece.isMissing(row)) {
      return MISSING_VALUE;
    }
    return isSet(piece.values(), piece.index(row)) ? BYTE_TRUE : BYTE_FALSE;
  }

  @Override
  BooleanData lazyCopy() {
    return new MappedBits(pieces.again(), true);
  }
}
