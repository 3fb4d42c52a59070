package dev.trestle.column;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.selection.BitmapBackedSelection;
import tech.tablesaw.selection.Selection;

/**
 * Strings that hardly repeat, stored one by one without a dictionary.
 *
 * <p>Reading needs none. Operations that compare rows by code (group-by, join, distinct) number the
 * strings on the heap at their first call: four bytes a row and the distinct strings.
 */
final class MappedText extends ReadOnlyStrings {
  private final StringPool values;
  private volatile @Nullable NumberedStrings numbered;

  MappedText(StringPool values) {
    super(values.size());
    this.values = values;
  }

  @Override
  public String getValueForIndex(int row) {
    return values.get(Objects.checkIndex(row, size()));
  }

  @Override
  public boolean isMissing(int row) {
    return values.isEmpty(Objects.checkIndex(row, size()));
  }

  @Override
  public int firstIndexOf(@Nullable String value) {
    return value == null ? NO_CODE : values.indexOf(value, 0);
  }

  @Override
  public Selection isEqualTo(@Nullable String value) {
    Selection selection = new BitmapBackedSelection();
    if (value != null) {
      for (int row = values.indexOf(value, 0); row >= 0; row = values.indexOf(value, row + 1)) {
        selection.add(row);
      }
    }
    return selection;
  }

  @Override
  public int getKeyForIndex(int row) {
    return numbered().codes().getInt(row);
  }

  @Override
  public String getValueForKey(int code) {
    return numbered().strings().get(code);
  }

  @Override
  long stored() {
    return NO_DICTIONARY;
  }

  @Override
  int codes() {
    return numbered().strings().size();
  }

  @Override
  int codeOf(@Nullable String value) {
    return numbered().numbers().getInt(value);
  }

  private NumberedStrings numbered() {
    NumberedStrings known = numbered;
    return known != null ? known : number();
  }

  private synchronized NumberedStrings number() {
    NumberedStrings known = numbered;
    if (known == null) {
      known = NumberedStrings.of(size(), values::get);
      numbered = known;
    }
    return known;
  }
}
