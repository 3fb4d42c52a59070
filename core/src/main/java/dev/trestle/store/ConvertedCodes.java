package dev.trestle.store;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * Strings that get a dictionary in which none stands twice, with the narrowest codes that fit.
 *
 * <p>The distinct strings are on the heap while it is written, as when results are put together.
 */
abstract class ConvertedCodes extends ConvertedColumn {
  static final int MISSING = -1;

  private final Map<String, Integer> merged = new LinkedHashMap<>();

  ConvertedCodes(ArrowFileReader file, int index, Inflater inflater) {
    super(file, index, inflater);
  }

  /** The code of a string, a new one if it is not known yet. */
  final int merge(String text) {
    return merged.computeIfAbsent(text, unknown -> merged.size());
  }

  /** Gives the code of the value at a place, or {@link #MISSING}. */
  interface Coding {
    int at(long at);
  }

  abstract Coding coding(RawColumn opened);

  @Override
  final LongPredicate present(RawColumn opened) {
    Coding coding = coding(opened);
    return at -> coding.at(at) != MISSING;
  }

  @Override
  final ColumnPayload payload() throws IOException {
    long missing = countMissing();
    // Missing values point at the entry "".
    int empty = missing == 0 ? MISSING : merge("");
    var dictionary = ColumnPayload.Dictionary.of(List.copyOf(merged.keySet()));
    int width = dictionary.codeWidth();
    Bytes codes =
        bytes(
            rows() * width,
            out ->
                forEachBatch(batch -> {
                  Coding coding = coding(batch.values());
                  batch.forEachRun((at, times) -> {
                    int code = coding.at(at);
                    for (long left = times; left > 0; left--) {
                      ColumnPayload.Dictionary.putCode(
                          out.room(width), width, code == MISSING ? empty : code);
                    }
                  });
                }));
    return new ColumnPayload(
        field.name(), ColumnKind.STRING, missing, List.of(validity(missing), codes), dictionary);
  }
}
