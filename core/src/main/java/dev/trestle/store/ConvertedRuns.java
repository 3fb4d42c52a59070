package dev.trestle.store;

import java.io.IOException;

/** Strings in runs: what repeats row by row gets a dictionary. */
final class ConvertedRuns extends ConvertedCodes {
  private final StoredText.Layout layout;

  ConvertedRuns(ArrowFileReader file, int index, Inflater inflater) throws IOException {
    super(file, index, inflater);
    this.layout = ((ArrowType.Text) values.type()).layout();
    forEachBatch(batch -> {
      Coding coding = coding(batch.values());
      batch.forEachRun((at, times) -> coding.at(at));
    });
  }

  @Override
  Coding coding(RawColumn opened) {
    Chunk.Text chunk = reader().text(opened, layout);
    return at ->
        TextCheck.isPresent(chunk.validity(), at) ? merge(chunk.text().decode(at)) : MISSING;
  }
}
