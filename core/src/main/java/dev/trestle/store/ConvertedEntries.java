package dev.trestle.store;

import it.unimi.dsi.fastutil.booleans.BooleanArrayList;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * Numbers, dates, times or truth values in a dictionary, as no Tablesaw column has them: each row
 * gets the value itself. The dictionary is on the heap while they are written.
 */
final class ConvertedEntries extends ConvertedColumn {
  private final ColumnKind kind;
  private final ArrowType.Int codes;

  /** As they are stored; these grow, as the number of entries may be a damaged one. */
  private final LongArrayList entries = new LongArrayList();

  private final BooleanArrayList entriesPresent = new BooleanArrayList();

  ConvertedEntries(ArrowFileReader file, int index, ColumnKind kind, Inflater inflater)
      throws IOException {
    super(file, index, inflater);
    this.kind = kind;
    this.codes = Codes.type(values);
    for (RawColumn piece : file.dictionary(values).pieces()) {
      open(piece, this::add);
    }
  }

  private void add(RawColumn piece) {
    var bits = ValueBits.of(values.type());
    Chunk.Values chunk = reader().values(piece, bits.width());
    for (long at = 0; at < chunk.rows(); at++) {
      boolean isPresent = TextCheck.isPresent(chunk.validity(), at);
      entriesPresent.add(isPresent);
      entries.add(isPresent ? entry(bits, chunk.values(), at) : ConvertedValues.sentinel(kind));
    }
  }

  private long entry(ValueBits bits, MemorySegment from, long at) {
    return kind == ColumnKind.BOOLEAN
        ? (TextCheck.isPresent(from, at) ? 1 : 0)
        : converted(bits, from, at, kind);
  }

  @Override
  LongPredicate present(RawColumn opened) {
    MemorySegment validity = reader().validity(opened).bits();
    MemorySegment codesOfRows = codes(opened);
    return at ->
        TextCheck.isPresent(validity, at) && entriesPresent.getBoolean(code(codesOfRows, at));
  }

  @Override
  ColumnPayload payload() throws IOException {
    long missing = countMissing();
    Bytes buffer =
        kind == ColumnKind.BOOLEAN
            ? bits(this::isTrue)
            : bytes(rows() * kind.width(), this::writeValues);
    return new ColumnPayload(field.name(), kind, missing, List.of(validity(missing), buffer), null);
  }

  private LongPredicate isTrue(RawColumn opened) {
    LongPredicate present = present(opened);
    MemorySegment codesOfRows = codes(opened);
    return at -> present.test(at) && entries.getLong(code(codesOfRows, at)) == 1;
  }

  private void writeValues(ChunkWriter out) throws IOException {
    forEachBatch(batch -> {
      LongPredicate present = present(batch.values());
      MemorySegment codesOfRows = codes(batch.values());
      batch.forEachRun((at, times) -> {
        long value =
            present.test(at)
                ? entries.getLong(code(codesOfRows, at))
                : ConvertedValues.sentinel(kind);
        ConvertedValues.put(out, kind, value, times);
      });
    });
  }

  private MemorySegment codes(RawColumn opened) {
    return reader().values(opened, codes.bits()).values();
  }

  private int code(MemorySegment codesOfRows, long at) {
    long code = Codes.at(codes, codesOfRows, at);
    if (code < 0 || code >= entries.size()) {
      throw damaged("code %d, and the dictionary has %,d entries".formatted(code, entries.size()));
    }
    return (int) code;
  }
}
