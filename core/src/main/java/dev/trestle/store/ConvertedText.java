package dev.trestle.store;

import java.io.IOException;
import java.util.List;
import java.util.function.LongPredicate;

/** Strings, row by row, with 64-bit offsets and nothing where one is missing. */
final class ConvertedText extends ConvertedColumn {
  private final StoredText.Layout layout;

  ConvertedText(ArrowFileReader file, int index, Inflater inflater) {
    super(file, index, inflater);
    this.layout = ((ArrowType.Text) values.type()).layout();
  }

  @Override
  LongPredicate present(RawColumn opened) {
    var validity = reader().validity(opened).bits();
    return at -> TextCheck.isPresent(validity, at);
  }

  @Override
  ColumnPayload payload() throws IOException {
    long[] counts = {0, 0}; // missing rows, bytes
    forEachBatch(batch -> {
      Chunk.Text chunk = reader().text(batch.values(), layout);
      batch.forEachRun((at, times) -> {
        boolean isPresent = TextCheck.isPresent(chunk.validity(), at);
        counts[0] += isPresent ? 0 : times;
        long bytes = isPresent ? Math.multiplyExact(times, chunk.text().length(at)) : 0;
        counts[1] = Math.addExact(counts[1], bytes);
      });
    });
    Bytes offsets =
        bytes(
            (rows() + 1) * Long.BYTES,
            out -> {
              long[] end = {0};
              out.room(Long.BYTES).putLong(0);
              forEachRow((text, at, isPresent) -> {
                end[0] += isPresent ? text.length(at) : 0;
                out.room(Long.BYTES).putLong(end[0]);
              });
            });
    Bytes utf8 =
        bytes(
            counts[1],
            out ->
                forEachRow((text, at, isPresent) -> {
                  if (isPresent) {
                    out.put(text.utf8(at));
                  }
                }));
    return new ColumnPayload(
        field.name(),
        ColumnKind.TEXT,
        counts[0],
        List.of(validity(counts[0]), offsets, utf8),
        null);
  }

  private interface RowStep {
    void take(StoredText text, long at, boolean isPresent) throws IOException;
  }

  private void forEachRow(RowStep step) throws IOException {
    forEachBatch(batch -> {
      Chunk.Text chunk = reader().text(batch.values(), layout);
      batch.forEachRun((at, times) -> {
        boolean isPresent = TextCheck.isPresent(chunk.validity(), at);
        for (long left = times; left > 0; left--) {
          step.take(chunk.text(), at, isPresent);
        }
      });
    });
  }
}
