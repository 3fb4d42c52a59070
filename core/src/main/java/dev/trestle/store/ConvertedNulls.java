package dev.trestle.store;

import java.io.IOException;
import java.util.List;
import java.util.function.LongPredicate;

/** A column of nothing but missing values: as strings, all of them the one for missing. */
final class ConvertedNulls extends ConvertedColumn {
  ConvertedNulls(ArrowFileReader file, int index, Inflater inflater) {
    super(file, index, inflater);
  }

  @Override
  LongPredicate present(RawColumn opened) {
    return at -> false;
  }

  @Override
  ColumnPayload payload() throws IOException {
    Bytes codes =
        bytes(
            rows(),
            out -> {
              for (long row = 0; row < rows(); row++) {
                out.room(1).put((byte) 0);
              }
            });
    return new ColumnPayload(
        field.name(),
        ColumnKind.STRING,
        rows(),
        List.of(validity(rows()), codes),
        ColumnPayload.Dictionary.of(List.of("")));
  }
}
