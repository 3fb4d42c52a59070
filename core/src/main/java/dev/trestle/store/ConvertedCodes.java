package dev.trestle.store;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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

  /** The new code for each old one. */
  private final int[] mergedCode;

  ConvertedCodes(ArrowFileReader file, int index, Inflater inflater) throws IOException {
    super(file, index, inflater);
    this.type = Codes.type(field);
    DictionaryPieces dictionary = file.dictionary(field);
    this.mergedCode = new int[Math.toIntExact(dictionary.size())];
    merge(dictionary, inflater);
  }

  private void merge(DictionaryPieces dictionary, Inflater inflater) throws IOException {
    int code = 0;
    for (RawColumn piece : dictionary.pieces()) {
      try (Arena arena = Arena.ofConfined()) {
        Chunk.Text chunk = dictionary.text(inflater.open(piece, arena));
        for (long at = 0; at < chunk.rows(); at++) {
          mergedCode[code++] =
              TextCheck.isPresent(chunk.validity(), at)
                  ? merged.computeIfAbsent(chunk.text().decode(at), unknown -> merged.size())
                  : MISSING;
        }
      }
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
    long code =
        switch (type.bits()) {
          case Byte.SIZE -> {
            byte value = codes.get(ValueLayout.JAVA_BYTE, row);
            yield type.signed() ? value : Byte.toUnsignedLong(value);
          }
          case Short.SIZE -> {
            short value = codes.get(Layouts.SHORT, row << 1);
            yield type.signed() ? value : Short.toUnsignedLong(value);
          }
          case Integer.SIZE -> {
            int value = codes.get(Layouts.INT, row << 2);
            yield type.signed() ? value : Integer.toUnsignedLong(value);
          }
          case Long.SIZE -> codes.get(Layouts.LONG, row << 3);
          default -> throw damaged("its codes are of type " + type);
        };
    if (code < 0 || code >= mergedCode.length) {
      throw damaged(
          "code %d, and the dictionary has %,d entries".formatted(code, mergedCode.length));
    }
    return mergedCode[(int) code];
  }
}
