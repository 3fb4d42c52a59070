package dev.trestle.column;

import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.StringColumn;

/**
 * The cells of a column with a dictionary, as they stand in a delimited file: each string is
 * formatted once, and not again for each row. A matrix of letters takes two thirds of the processor
 * time.
 *
 * @param text the strings, one after the other
 * @param starts by code, where its string starts, which is where the one before it ends
 */
record DictionaryText(ReadOnlyStrings strings, byte[] text, int[] starts) implements CellText {

  /**
   * Formats the dictionary of a column.
   *
   * @param room how many bytes the formatted strings may take
   * @return null if they take more, or there are more strings than rows, or rows without a code
   */
  static @Nullable DictionaryText of(
      StringColumn column, boolean isFirst, char separator, int room) {
    if (!(column.getDictionary() instanceof ReadOnlyStrings strings)
        || strings.stored() == ReadOnlyStrings.NO_DICTIONARY
        || strings.stored() > Math.min(column.size(), room)) {
      return null;
    }
    var block = new TextBlock(separator);
    int[] starts = new int[strings.codes() + 1];
    for (int code = 0; code < strings.codes(); code++) {
      block.cell(strings.getValueForKey(code), isFirst);
      if (block.size() > room) {
        return null;
      }
      starts[code + 1] = block.size();
    }
    return new DictionaryText(strings, block.toSpareBytes(), starts);
  }

  @Override
  public void append(int row, TextBlock block) {
    int code = strings.getKeyAtIndex(row);
    block.put(text, starts[code], starts[code + 1] - starts[code]);
  }
}
