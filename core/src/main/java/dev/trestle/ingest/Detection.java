package dev.trestle.ingest;

import dev.trestle.ingest.Field.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.io.ColumnTypeDetector;
import tech.tablesaw.io.csv.CsvReadOptions;

/** Names and types of the columns, by Tablesaw's rules and, for the types, by its own detector. */
final class Detection {
  private final CsvReadOptions options;
  private final String source;
  private final List<String> names;
  private final List<@Nullable String[]> rows;

  Detection(CsvReadOptions options, Survey survey) {
    this.options = options;
    this.source = survey.parts().getFirst().name();
    this.names = survey.names();
    this.rows = survey.rows();
  }

  /** The fields, typed by the options and the sample. */
  List<Field> fields() {
    List<Optional<ColumnType>> configured = configured();
    ColumnType[] detected = detect(rows, configured);
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Optional<ColumnType> own = configured.get(i);
      Standing standing =
          own.isPresent()
              ? Standing.CONFIGURED
              : hasValue(i) ? Standing.DETECTED : Standing.UNDECIDED;
      fields.add(new Field(i, names.get(i), own.orElse(detected[i]), standing));
    }
    refuseDuplicates(fields);
    return List.copyOf(fields);
  }

  /** The fields after a pass that met values which the given ones cannot hold. */
  List<Field> widened(List<Field> fields, Widening widening) {
    List<@Nullable String[]> all = new ArrayList<>(widening.rows(names.size()));
    all.addAll(rows);
    ColumnType[] detected = detect(all, configured());
    return fields.stream()
        .map(field ->
            widening.concerns(field)
                ? new Field(
                    field.position(),
                    field.name(),
                    wider(detected[field.position()], field, widening),
                    Standing.DETECTED)
                : field)
        .toList();
  }

  /**
   * The detector's word counts, unless it holds on to a type whose parser refuses what its own
   * detection accepts: some of Tablesaw's do, with a locale.
   */
  private ColumnType wider(ColumnType detected, Field field, Widening widening) {
    List<ColumnType> order = options.columnTypesToDetect();
    boolean moved =
        field.standing() == Standing.UNDECIDED
            || order.indexOf(detected) > order.indexOf(field.type());
    return moved ? detected : widening.type(field);
  }

  private ColumnType[] detect(
      List<@Nullable String[]> from, List<Optional<ColumnType>> configured) {
    List<@Nullable String[]> asked = new ArrayList<>();
    for (@Nullable String[] row : from) {
      @Nullable String[] values = row.clone();
      for (int i = 0; i < values.length; i++) {
        if (configured.get(i).isPresent()) {
          values[i] = null; // already decided: no need to look
        }
      }
      asked.add(values);
    }
    if (asked.isEmpty()) {
      asked.add(new @Nullable String[names.size()]);
    }
    try {
      return new ColumnTypeDetector(options.columnTypesToDetect())
          .detectColumnTypes(asked.iterator(), options);
    } catch (IndexOutOfBoundsException noneFits) {
      throw new CsvFormatException(
          source + " has values of none of the columnTypesToDetect; add STRING to them");
    }
  }

  private boolean hasValue(int position) {
    MissingMarkers markers = MissingMarkers.of(options);
    return rows.stream()
        .map(row -> row[position])
        .anyMatch(
            value -> value != null && !markers.matches(value.toCharArray(), 0, value.length()));
  }

  private List<Optional<ColumnType>> configured() {
    ColumnType[] byPosition = options.columnTypes();
    if (byPosition != null && byPosition.length != names.size()) {
      throw new CsvFormatException(
          "%s has %d columns, and columnTypes names %d types; columnTypesPartial types only some"
              .formatted(source, names.size(), byPosition.length));
    }
    List<Optional<ColumnType>> types = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      types.add(options.columnTypeReadOptions().columnType(i, names.get(i)));
    }
    return types;
  }

  private void refuseDuplicates(List<Field> fields) {
    Map<String, Integer> seen = new HashMap<>();
    for (Field field : fields) {
      if (field.isSkipped()) {
        continue;
      }
      Integer other = seen.put(field.name().toLowerCase(Locale.getDefault()), field.position());
      if (other != null) {
        throw new CsvFormatException(
            "%s has two columns of the name '%s', fields %d and %d; allowDuplicateColumnNames(true) numbers them"
                .formatted(source, field.name(), other + 1, field.position() + 1));
      }
    }
  }
}
