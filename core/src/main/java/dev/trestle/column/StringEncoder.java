package dev.trestle.column;

import dev.trestle.store.ColumnKind;
import dev.trestle.store.ColumnPayload;
import dev.trestle.store.TextBytes;
import dev.trestle.store.TextOffsets;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.strings.DictionaryMap;
import tech.tablesaw.columns.strings.NullDictionaryMap;

/**
 * String columns as payloads: with a dictionary, or as plain text where strings hardly repeat.
 *
 * <p>Tablesaw has numbered the distinct strings already, but from the bottom of the key type's
 * range and with gaps; here they are numbered anew.
 */
final class StringEncoder {
  /** Up to here a dictionary is small whatever it saves. */
  private static final int ALWAYS_DICTIONARY = 1 << 16;

  private StringEncoder() {}

  static Supplier<ColumnPayload> payload(StringColumn column) {
    DictionaryMap strings = Objects.requireNonNull(column.getDictionary());
    if (strings instanceof MappedText) {
      return text(column);
    }
    if (strings instanceof NullDictionaryMap) {
      // Tablesaw has given up on a dictionary at 32,768 strings; with many rows one still pays.
      var numbered = NumberedStrings.of(column.size(), column::get);
      KeyReader reader = (from, count, keys) -> numbered.codes().getElements(from, keys, 0, count);
      return encode(
          column, reader, KeyCodes.of(column.size(), reader), key -> numbered.strings().get(key));
    }
    return encode(column, KeyReader.of(strings), KeyCodes.of(strings), strings::getValueForKey);
  }

  private static Supplier<ColumnPayload> encode(
      StringColumn column, KeyReader keys, KeyCodes codes, IntFunction<String> strings) {
    int rows = column.size();
    if (codes.size() > ALWAYS_DICTIONARY && codes.size() > rows / 2) {
      return text(column);
    }
    List<String> entries = codes.keys().mapToObj(strings).toList();
    var dictionary = ColumnPayload.Dictionary.of(entries);
    var encoded = new CodeRows(rows, keys, codes, entries.indexOf(""));
    return () ->
        new ColumnPayload(
            column.name(),
            ColumnKind.STRING,
            encoded.missing().count(),
            List.of(encoded.missing().bitmap(), encoded),
            dictionary);
  }

  private static Supplier<ColumnPayload> text(StringColumn column) {
    int rows = column.size();
    var missing = Missing.of(new TextRows(column));
    var payload =
        new ColumnPayload(
            column.name(),
            ColumnKind.TEXT,
            missing.count(),
            List.of(
                missing.bitmap(),
                new TextOffsets(rows, column::get),
                new TextBytes(rows, column::get)),
            null);
    return () -> payload;
  }

  /** Only to look for the missing ones. */
  private static final class TextRows extends FixedRows {
    private final StringColumn column;
    private int start;

    TextRows(StringColumn column) {
      super(column.size(), 0);
      this.column = column;
    }

    @Override
    void load(int from, int count) {
      start = from;
    }

    @Override
    long present(int first, int count) {
      long bits = 0;
      for (int i = 0; i < count; i++) {
        bits |= (column.isMissing(start + first + i) ? 0L : 1L) << i;
      }
      return bits;
    }

    @Override
    void put(int count, MemorySegment target) {
      throw new UnsupportedOperationException("text has no fixed width");
    }
  }
}
