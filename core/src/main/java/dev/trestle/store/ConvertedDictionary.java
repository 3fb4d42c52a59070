package dev.trestle.store;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Strings in a dictionary, whose pieces become one, and whose codes may be of any type. */
final class ConvertedDictionary extends ConvertedCodes {
  private final ArrowType.Int type;

  /** The new code for each old one; grows, as the number of entries may be a damaged one. */
  private final IntArrayList mergedCode = new IntArrayList();

  ConvertedDictionary(ArrowFileReader file, int index, Inflater inflater) throws IOException {
    super(file, index, inflater);
    this.type = Codes.type(values);
    DictionaryPieces dictionary = file.dictionary(values);
    for (RawColumn piece : dictionary.pieces()) {
      open(piece, opened -> merge(dictionary.text(opened)));
    }
  }

  private void merge(Chunk.Text piece) {
    for (long at = 0; at < piece.rows(); at++) {
      mergedCode.add(
          TextCheck.isPresent(piece.validity(), at) ? merge(piece.text().decode(at)) : MISSING);
    }
  }

  @Override
  Coding coding(RawColumn opened) {
    MemorySegment validity = reader().validity(opened).bits();
    MemorySegment codes = reader().values(opened, type.bits()).values();
    return at -> TextCheck.isPresent(validity, at) ? merged(codes, at) : MISSING;
  }

  private int merged(MemorySegment codes, long at) {
    long code = Codes.at(type, codes, at);
    if (code < 0 || code >= mergedCode.size()) {
      throw damaged(
          "code %d, and the dictionary has %,d entries".formatted(code, mergedCode.size()));
    }
    return mergedCode.getInt((int) code);
  }
}
