package dev.trestle.column;

import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import it.unimi.dsi.fastutil.objects.Object2IntLinkedOpenHashMap;
import it.unimi.dsi.fastutil.objects.Object2IntMap;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.strings.DictionaryMap;
import tech.tablesaw.selection.BitmapBackedSelection;
import tech.tablesaw.selection.Selection;

/**
 * What Tablesaw's string column asks of its dictionary, over codes that cannot be changed.
 *
 * <p>Subclasses say what code a row has and what string a code stands for. Codes are dense, from 0.
 *
 * <p>A copy cannot be lazy, as those of other columns are: {@code StringColumn.copy()} asks the
 * dictionary for nothing but an iterator, and sets each string in a dictionary of Tablesaw's that
 * it has made (tablesaw-core 0.44.4, StringColumn.java:452-457). A subclass of the column that does
 * better would not be joined with: SortMergeJoin compares classes.
 */
abstract class ReadOnlyStrings implements DictionaryMap {
  static final int NO_CODE = -1;
  static final long NO_DICTIONARY = -1;

  private final int rows;
  private int @Nullable [] counts;

  ReadOnlyStrings(int rows) {
    this.rows = rows;
  }

  /** How many codes there may be; some may not occur in these rows. */
  abstract int codes();

  /**
   * How many strings the dictionaries under these rows have together, or {@link #NO_DICTIONARY} if
   * some rows have none: then {@link #codes} has to number what they hold.
   */
  abstract long stored();

  /** The code of a string, or {@link #NO_CODE}; Tablesaw allows null, which no row has. */
  abstract int codeOf(@Nullable String value);

  @Override
  public abstract int getKeyForIndex(int row);

  @Override
  public abstract boolean isMissing(int row);

  @Override
  public abstract String getValueForKey(int code);

  /** Surely a code: what is asked wherever more is done with it than handing it out. */
  @Override
  public int getKeyAtIndex(int row) {
    return getKeyForIndex(row);
  }

  @Override
  public String getValueForIndex(int row) {
    return getValueForKey(getKeyForIndex(row));
  }

  @Override
  public int size() {
    return rows;
  }

  /** How often each code occurs in these rows; counted at the first call. */
  private synchronized int[] counts() {
    int[] known = counts;
    if (known == null) {
      known = new int[codes()];
      for (int row = 0; row < rows; row++) {
        known[getKeyAtIndex(row)]++;
      }
      counts = known;
    }
    return known;
  }

  /**
   * The different strings in order of first appearance, on the heap: Tablesaw names categories in
   * the order of its own hash maps, which only its own column knows.
   */
  private StringColumn distinct() {
    StringColumn distinct = StringColumn.create("distinct");
    boolean[] seen = new boolean[codes()];
    for (int row = 0; row < rows; row++) {
      int code = getKeyAtIndex(row);
      if (!seen[code]) {
        seen[code] = true;
        distinct.append(getValueForKey(code));
      }
    }
    return distinct;
  }

  /** The different strings in Tablesaw's order, with their codes. */
  private Object2IntMap<String> categories() {
    var codeOf = new Object2IntOpenHashMap<String>();
    int[] known = counts();
    for (int code = 0; code < known.length; code++) {
      if (known[code] > 0) {
        codeOf.put(getValueForKey(code), code);
      }
    }
    var ordered = new Object2IntLinkedOpenHashMap<String>();
    for (String category : distinct().countByCategory().stringColumn("Category")) {
      ordered.put(category, codeOf.getInt(category));
    }
    return ordered;
  }

  @Override
  public int countOccurrences(@Nullable String value) {
    int code = codeOf(value);
    return code == NO_CODE ? 0 : counts()[code];
  }

  @Override
  public Set<String> asSet() {
    return distinct().asSet();
  }

  @Override
  public int countUnique() {
    return (int) IntStream.of(counts()).filter(count -> count > 0).count();
  }

  @Override
  public int uniqueValuesAt(int index) {
    return (int) IntStream.rangeClosed(0, index).map(this::getKeyAtIndex).distinct().count();
  }

  /** Numbers the strings by first appearance, as Tablesaw's default does, in linear time. */
  @Override
  public int[] asIntArray() {
    var numbers = new Int2IntOpenHashMap();
    int[] result = new int[rows];
    for (int row = 0; row < rows; row++) {
      int next = numbers.size();
      int code = getKeyAtIndex(row);
      int known = numbers.putIfAbsent(code, next);
      result[row] = numbers.size() > next ? next : known;
    }
    return result;
  }

  @Override
  public int firstIndexOf(@Nullable String value) {
    int code = codeOf(value);
    for (int row = 0; code != NO_CODE && row < rows; row++) {
      if (getKeyAtIndex(row) == code) {
        return row;
      }
    }
    return -1;
  }

  @Override
  public String[] asObjectArray() {
    String[] values = new String[rows];
    for (int row = 0; row < rows; row++) {
      values[row] = getValueForIndex(row);
    }
    return values;
  }

  @Override
  public Selection selectIsIn(String... strings) {
    return selectIsIn(Arrays.asList(strings));
  }

  @Override
  public Selection selectIsIn(Collection<String> strings) {
    boolean[] wanted = new boolean[codes()];
    for (String string : strings) {
      int code = codeOf(string);
      if (code != NO_CODE) {
        wanted[code] = true;
      }
    }
    Selection selection = new BitmapBackedSelection();
    for (int row = 0; row < rows; row++) {
      if (wanted[getKeyAtIndex(row)]) {
        selection.add(row);
      }
    }
    return selection;
  }

  @Override
  public Selection isEqualTo(@Nullable String string) {
    return selectIsIn(Collections.singletonList(string));
  }

  @Override
  public Table countByCategory(String columnName) {
    var categories = StringColumn.create("Category");
    var occurrences = IntColumn.create("Count");
    categories()
        .forEach((category, code) -> {
          categories.append(category);
          occurrences.append(counts()[code]);
        });
    return Table.create("Column: " + columnName, categories, occurrences);
  }

  @Override
  public List<BooleanColumn> getDummies() {
    List<BooleanColumn> dummies = new ArrayList<>();
    categories()
        .forEach((category, code) -> {
          var dummy = BooleanColumn.create(category);
          for (int row = 0; row < rows; row++) {
            dummy.append(getKeyAtIndex(row) == code);
          }
          dummies.add(dummy);
        });
    return dummies;
  }

  /** Four bytes whatever the stored width is; Tablesaw's hash keys only need them to be equal. */
  @Override
  public byte[] asBytes(int row) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(getKeyAtIndex(row)).array();
  }

  @Override
  public int countMissing() {
    int missing = 0;
    for (int row = 0; row < rows; row++) {
      missing += isMissing(row) ? 1 : 0;
    }
    return missing;
  }

  @Override
  public Iterator<String> iterator() {
    return new Iterator<>() {
      private int row;

      @Override
      public boolean hasNext() {
        return row < rows;
      }

      @Override
      public String next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return getValueForIndex(row++);
      }
    };
  }

  @Override
  public int nextKeyWithoutIncrementing() {
    return codes();
  }

  @Override
  public boolean canPromoteToText() {
    return false;
  }

  @Override
  public DictionaryMap promoteYourself() {
    throw Shared.readOnly();
  }

  @Override
  public void sortDescending() {
    throw Shared.readOnly();
  }

  @Override
  public void sortAscending() {
    throw Shared.readOnly();
  }

  @Override
  public void append(String value) {
    throw Shared.readOnly();
  }

  @Override
  public void appendMissing() {
    throw Shared.readOnly();
  }

  @Override
  public void set(int row, String value) {
    throw Shared.readOnly();
  }

  @Override
  public void clear() {
    throw Shared.readOnly();
  }
}
