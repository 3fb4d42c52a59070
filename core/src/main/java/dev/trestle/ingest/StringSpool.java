package dev.trestle.ingest;

import dev.trestle.store.ColumnKind;
import dev.trestle.store.ColumnPayload;
import java.io.IOException;
import java.util.List;

/**
 * Strings: codes into a dictionary for as long as they repeat, text from then on.
 *
 * <p>A dictionary lives on the heap, so it may not grow with the file. A column becomes text when
 * it has more than 65,536 distinct strings and more than half of its rows are distinct, when it has
 * more than 1,048,576 distinct strings in any case, or when the ingest is short of heap and this
 * column's dictionary is the largest.
 */
final class StringSpool implements ColumnSpool {
  private final String name;
  private final Spools spools;
  private final int siblings;
  private final IngestLimits limits;
  private final Validity validity;
  private Form form;
  private int[] columnCodes = {};
  private long rows;

  StringSpool(String name, Spools spools, int siblings, IngestLimits limits) throws IOException {
    this.name = name;
    this.spools = spools;
    this.siblings = siblings;
    this.limits = limits;
    this.validity = new Validity(spools, siblings);
    this.form = new Coded(new Dictionary(), new CodeSpool(spools, siblings));
  }

  /** How the strings are kept. */
  private sealed interface Form {}

  private record Coded(Dictionary dictionary, CodeSpool codes) implements Form {}

  private record Plain(TextSpool text) implements Form {}

  @Override
  public void append(Cells cells, int count) throws IOException {
    StringCells strings = (StringCells) cells;
    rows += count;
    switch (form) {
      case Coded coded -> append(coded, strings, count);
      case Plain plain -> append(plain, strings, count);
    }
    validity.append(cells, count);
  }

  private static void append(Plain plain, StringCells strings, int count) throws IOException {
    for (int row = 0; row < count; row++) {
      int code = strings.code(row);
      plain.text().append(strings.utf8(), strings.utf8Start(code), strings.utf8End(code));
    }
  }

  private void append(Coded coded, StringCells strings, int count) throws IOException {
    Dictionary dictionary = coded.dictionary();
    int entries = strings.entries();
    if (columnCodes.length < entries) {
      columnCodes = new int[entries * 2];
    }
    for (int entry = 0; entry < entries; entry++) {
      columnCodes[entry] = dictionary.code(strings, entry);
    }
    coded.codes().widen(ColumnPayload.Dictionary.narrowestCode(dictionary.entries()));
    coded.codes().append(strings, columnCodes, count);
    boolean hardlyRepeats =
        dictionary.entries() > limits.textFrom() && dictionary.entries() > rows / 2;
    if (hardlyRepeats || dictionary.entries() > limits.maxEntries()) {
      becomeText();
    }
  }

  @Override
  public void freeHeap() throws IOException {
    becomeText();
  }

  /** Writes the strings out row by row and frees the dictionary. */
  private void becomeText() throws IOException {
    if (form instanceof Coded(Dictionary dictionary, CodeSpool codes)) {
      TextSpool text = new TextSpool(spools, siblings);
      codes.forEach(code -> dictionary.writeEntry(code, text));
      codes.discard();
      form = new Plain(text);
      columnCodes = new int[0];
    }
  }

  @Override
  public long heapBytes() {
    return form instanceof Coded(Dictionary dictionary, CodeSpool codes)
        ? dictionary.heapBytes()
        : 0;
  }

  @Override
  public ColumnPayload finish() throws IOException {
    return switch (form) {
      case Coded(Dictionary dictionary, CodeSpool codes) ->
          new ColumnPayload(
              name,
              ColumnKind.STRING,
              validity.missing(),
              List.of(validity.finish(), codes.finish()),
              dictionary.payload());
      case Plain(TextSpool text) ->
          new ColumnPayload(
              name,
              ColumnKind.TEXT,
              validity.missing(),
              List.of(validity.finish(), text.finishOffsets(), text.finishText()),
              null);
    };
  }
}
