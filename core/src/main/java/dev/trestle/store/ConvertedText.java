package dev.trestle.store;

import java.io.IOException;
import java.util.List;
import java.util.function.LongPredicate;

/** Strings, row by row, with 64-bit offsets and nothing where one is missing. */
final class ConvertedText extends ConvertedColumn {
  private final StoredText.Layout layout;

  ConvertedText(ArrowFileReader file, int index, Inflater inflater) {
    super(file, index, inflater);
    this.layout = ((ArrowType.Text) field.type()).layout();
  }

  @Override
  LongPredicate present(RawColumn opened) {
    var validity = reader().validity(opened).bits();
    return row -> TextCheck.isPresent(validity, row);
  }

  @Override
  ColumnPayload payload() throws IOException {
    long[] counts = {0, 0}; // missing rows, bytes
    forEachRow((text, row, isPresent) -> {
      counts[0] += isPresent ? 0 : 1;
      counts[1] = Math.addExact(counts[1], isPresent ? text.length(row) : 0);
    });
    Bytes offsets =
        bytes(
            (rows() + 1) * Long.BYTES,
            out -> {
              long[] end = {0};
              out.room(Long.BYTES).putLong(0);
              forEachRow((text, row, isPresent) -> {
                end[0] += isPresent ? text.length(row) : 0;
                out.room(Long.BYTES).putLong(end[0]);
              });
            });
    Bytes utf8 =
        bytes(
            counts[1],
            out ->
                forEachRow((text, row, isPresent) -> {
                  if (isPresent) {
                    out.put(text.utf8(row));
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
    void take(StoredText text, long row, boolean isPresent) throws IOException;
  }

  private void forEachRow(RowStep step) throws IOException {
    forEachBatch(opened -> {
      Chunk.Text chunk = reader().text(opened, layout);
      for (long row = 0; row < chunk.rows(); row++) {
        step.take(chunk.text(), row, TextCheck.isPresent(chunk.validity(), row));
      }
    });
  }
}
