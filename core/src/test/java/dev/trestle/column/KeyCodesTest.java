package dev.trestle.column;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.strings.ByteDictionaryMap;
import tech.tablesaw.columns.strings.DictionaryMap;
import tech.tablesaw.columns.strings.IntDictionaryMap;
import tech.tablesaw.columns.strings.ShortDictionaryMap;

class KeyCodesTest {
  @ParameterizedTest
  @CsvSource({"100, BYTE", "10_000, SHORT", "70_000, INT"})
  void theKeysOfADictionaryAreThoseOfTheRows(String distinct, Width width) {
    int rows = 3 * Integer.parseInt(distinct.replace("_", ""));
    var column = StringColumn.create("s");
    for (int row = 0; row < rows; row++) {
      column.append("s" + row / 3); // else Tablesaw gives up on a dictionary
    }
    for (int row = 21; row < 24; row++) { // nobody has s7 any more
      column.set(row, "other");
    }
    column.setMissing(1);

    DictionaryMap strings = Objects.requireNonNull(column.getDictionary());

    assertInstanceOf(width.map, strings);
    assertArrayEquals(
        IntStream.range(0, rows).map(strings::getKeyForIndex).sorted().distinct().toArray(),
        KeyCodes.of(strings).keys().sorted().toArray());
  }

  /** Of Tablesaw's keys. */
  enum Width {
    BYTE(ByteDictionaryMap.class),
    SHORT(ShortDictionaryMap.class),
    INT(IntDictionaryMap.class);

    private final Class<? extends DictionaryMap> map;

    Width(Class<? extends DictionaryMap> map) {
      this.map = map;
    }
  }
}
