package dev.trestle.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.io.ReadOptions;

/**
 * Values that the detected types do not fit, found by the parser threads during a pass. The first
 * one costs the pass its result, but it goes on to the end, so that one more pass is enough.
 */
final class Widening {
  private final ReadOptions options;
  private final Map<Integer, ColumnType> types = new HashMap<>();
  private final Map<Integer, List<String>> values = new HashMap<>();
  private volatile boolean needed;

  Widening(ReadOptions options) {
    this.options = options;
  }

  boolean isNeeded() {
    return needed;
  }

  /**
   * Notes a value that did not fit, and finds the next type, in the order of detection, that takes
   * it.
   *
   * @return null when no type does
   */
  synchronized @Nullable ColumnType widen(Field field, String value) {
    needed = true;
    values.computeIfAbsent(field.position(), position -> new ArrayList<>()).add(value);
    List<ColumnType> candidates = options.columnTypesToDetect();
    for (ColumnType candidate : candidates.subList(first(field), candidates.size())) {
      if (candidate.customParser(options).canParse(value)) {
        types.put(field.position(), candidate);
        return candidate;
      }
    }
    return null;
  }

  /** Where to look on: a type that another thread widened to already may well take the value. */
  private int first(Field field) {
    List<ColumnType> candidates = options.columnTypesToDetect();
    ColumnType known = types.get(field.position());
    if (known != null) {
      return candidates.indexOf(known);
    }
    return field.standing() == Field.Standing.UNDECIDED ? 0 : candidates.indexOf(field.type()) + 1;
  }

  /** What a field would have to be read as, by all that was seen so far. */
  synchronized ColumnType type(Field field) {
    return types.getOrDefault(field.position(), field.type());
  }

  /** Whether a field's type is too narrow. */
  synchronized boolean concerns(Field field) {
    return types.containsKey(field.position());
  }

  /** The values that did not fit, as rows for the detection; null where a field has none. */
  synchronized List<@Nullable String[]> rows(int width) {
    int count = values.values().stream().mapToInt(List::size).max().orElse(0);
    List<@Nullable String[]> rows = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      rows.add(new @Nullable String[width]);
    }
    values.forEach((position, texts) -> {
      for (int row = 0; row < texts.size(); row++) {
        rows.get(row)[position] = texts.get(row);
      }
    });
    return rows;
  }

  /**
   * Lets a batch look for what is known already, no longer for the type that the pass began with.
   */
  void applyTo(ParsedCells[] cells) {
    if (needed) {
      synchronized (this) {
        types.forEach((position, type) -> cells[position] = new LookingCells(type, options));
      }
    }
  }
}
