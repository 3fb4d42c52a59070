package dev.trestle.column;

import dev.trestle.store.ColumnKind;
import dev.trestle.store.ColumnPayload;
import dev.trestle.store.TextBytes;
import dev.trestle.store.TextOffsets;
import java.util.List;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.strings.DictionaryMap;
import tech.tablesaw.columns.strings.NullDictionaryMap;

/**
 * String columns as payloads: with a dictionary, or as plain text where strings hardly repeat.
 *
 * <p>Tablesaw has numbered the distinct strings already, but from the bottom of the key type's
 * range and with gaps; here they are numbered anew from 0, in order of first appearance.
 */
final class StringEncoder {
  /** Up to here a dictionary is small whatever it saves. */
  private static final int ALWAYS_DICTIONARY = 1 << 16;

  private StringEncoder() {}

  static ColumnPayload payload(StringColumn column) {
    DictionaryMap strings = Objects.requireNonNull(column.getDictionary());
    if (strings instanceof MappedText) {
      return text(column);
    }
    int rows = column.size();
    if (strings instanceof NullDictionaryMap) {
      // Tablesaw has given up on a dictionary at 32,768 strings; with many rows one still pays.
      var numbered = NumberedStrings.of(rows, column::get);
      return hardlyRepeat(numbered.strings().size(), rows)
          ? text(column)
          : dictionary(column, numbered.strings(), numbered.codes()::getInt);
    }
    var codes = new KeyCodes(rows);
    for (int row = 0; row < rows; row++) {
      codes.add(strings.getKeyForIndex(row));
    }
    return hardlyRepeat(codes.size(), rows)
        ? text(column)
        : dictionary(
            column,
            codes.keys().mapToObj(strings::getValueForKey).toList(),
            row -> codes.get(strings.getKeyForIndex(row)));
  }

  private static boolean hardlyRepeat(int distinct, int rows) {
    return distinct > ALWAYS_DICTIONARY && distinct > rows / 2;
  }

  private static ColumnPayload dictionary(
      StringColumn column, List<String> entries, IntUnaryOperator codes) {
    var dictionary = ColumnPayload.Dictionary.of(entries);
    int width = dictionary.codeWidth();
    Missing missing = missing(column);
    var rows =
        new RowBytes(
            column.size(),
            width,
            (out, row) -> ColumnPayload.Dictionary.putCode(out, width, codes.applyAsInt(row)));
    return new ColumnPayload(
        column.name(),
        ColumnKind.STRING,
        missing.count(),
        List.of(missing.bitmap(), rows),
        dictionary);
  }

  private static ColumnPayload text(StringColumn column) {
    int rows = column.size();
    Missing missing = missing(column);
    return new ColumnPayload(
        column.name(),
        ColumnKind.TEXT,
        missing.count(),
        List.of(
            missing.bitmap(), new TextOffsets(rows, column::get), new TextBytes(rows, column::get)),
        null);
  }

  private static Missing missing(StringColumn column) {
    return Missing.of(column.size(), column.countMissing(), column::isMissing);
  }
}
