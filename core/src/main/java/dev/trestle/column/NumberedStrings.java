package dev.trestle.column;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntList;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The distinct strings of a column that has no dictionary, numbered by first appearance.
 *
 * @param codes the number of each row's string
 * @param strings the strings by number
 * @param numbers the numbers by string; {@link ReadOnlyStrings#NO_CODE} for one that is not there
 */
record NumberedStrings(IntList codes, List<String> strings, Object2IntOpenHashMap<String> numbers) {

  static NumberedStrings of(int rows, IntFunction<String> column) {
    var numbers = new Object2IntOpenHashMap<String>();
    numbers.defaultReturnValue(ReadOnlyStrings.NO_CODE);
    int[] codes = new int[rows];
    for (int row = 0; row < rows; row++) {
      int next = numbers.size();
      int known = numbers.putIfAbsent(column.apply(row), next);
      codes[row] = known == ReadOnlyStrings.NO_CODE ? next : known;
    }
    String[] strings = new String[numbers.size()];
    numbers.object2IntEntrySet().fastForEach(e -> strings[e.getIntValue()] = e.getKey());
    return new NumberedStrings(IntArrayList.wrap(codes), List.of(strings), numbers);
  }
}
