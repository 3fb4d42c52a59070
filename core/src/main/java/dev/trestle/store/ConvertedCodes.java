package dev.trestle.store;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * Strings in a dictionary: the pieces of the dictionary become one, in which no string stands
 * twice, and codes of any type become the narrowest ones that fit.
 *
 * <p>The distinct strings are on the heap while it is written, as when results are put together.
 */
final class ConvertedCodes extends ConvertedColumn {
  private static final int MISSING = -1;

  private final ArrowType.Int type;
  private final Map<String, Integer> merged = new LinkedHashMap<>();

  /** The new code for each old one; grows, as the number of entries may be a damaged one. */
  private final IntArrayList mergedCode = new IntArrayList();

  ConvertedCodes(ArrowFileReader file, int index, Inflater inflater) throws IOException {
    super(file, index, inflater);
    this.type = Codes.type(field);
    DictionaryPieces dictionary = file.dictionary(field);
    for (RawColumn piece : dictionary.pieces()) {
      open(piece, opened -> merge(dictionary.text(opened)));
    }
  }

  private void merge(Chunk.Text piece) {
    for (long at = 0; at < piece.rows(); at++) {
      mergedCode.add(
          TextCheck.isPresent(piece.validity(), at)
              ? merged.computeIfAbsent(piece.text().decode(at), unknown -> merged.size())
              : MISSING);
    }
  }

  @Override
  LongPredicate present(RawColumn opened) {
    MemorySegment validity = reader().validity(opened).bits();
    MemorySegment codes = codes(opened);
    return row -> TextCheck.isPresent(validity, row) && merged(codes, row) != MISSING;
  }

  @Override
  ColumnPayload payload() throws IOException {
    long missing = countMissing();
    // Missing values point at the entry "".
    int empty = missing == 0 ? MISSING : merged.computeIfAbsent("", unknown -> merged.size());
    var dictionary = ColumnPayload.Dictionary.of(List.copyOf(merged.keySet()));
    int width = dictionary.codeWidth();
    Bytes values =
        bytes(
            rows() * width,
            out ->
                forEachBatch(opened -> {
                  LongPredicate present = present(opened);
                  MemorySegment codes = codes(opened);
                  for (long row = 0; row < opened.rows(); row++) {
                    ColumnPayload.Dictionary.putCode(
                        out.room(width), width, present.test(row) ? merged(codes, row) : empty);
                  }
                }));
    return new ColumnPayload(
        field.name(), ColumnKind.STRING, missing, List.of(validity(missing), values), dictionary);
  }

  private MemorySegment codes(RawColumn opened) {
    return reader().values(opened, type.bits()).values();
  }

  private int merged(MemorySegment codes, long row) {
    long code = Codes.at(type, codes, row);
    if (code < 0 || code >= mergedCode.size()) {
      throw damaged(
          "code %d, and the dictionary has %,d entries".formatted(code, mergedCode.size()));
    }
    return mergedCode.getInt((int) code);
  }
}
