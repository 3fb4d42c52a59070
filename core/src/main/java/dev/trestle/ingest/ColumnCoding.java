package dev.trestle.ingest;

import dev.trestle.store.ColumnKind;
import java.util.List;
import java.util.function.Function;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.io.ReadOptions;

/**
 * What one of Tablesaw's types is parsed by and stored as.
 *
 * @param type Tablesaw's type
 * @param kind ours
 * @param parser makes the cells that parse it
 */
record ColumnCoding(ColumnType type, ColumnKind kind, Function<ReadOptions, ParsedCells> parser) {
  private static final List<ColumnCoding> ALL =
      List.of(
          new ColumnCoding(ColumnType.SHORT, ColumnKind.SHORT, NumberCells.Shorts::new),
          new ColumnCoding(ColumnType.INTEGER, ColumnKind.INT, NumberCells.Ints::new),
          new ColumnCoding(ColumnType.LONG, ColumnKind.LONG, NumberCells.Longs::new),
          new ColumnCoding(ColumnType.FLOAT, ColumnKind.FLOAT, NumberCells.Floats::new),
          new ColumnCoding(ColumnType.DOUBLE, ColumnKind.DOUBLE, NumberCells.Doubles::new),
          new ColumnCoding(ColumnType.BOOLEAN, ColumnKind.BOOLEAN, RememberingCells::booleans),
          new ColumnCoding(ColumnType.STRING, ColumnKind.STRING, StringCells::new),
          new ColumnCoding(ColumnType.LOCAL_DATE, ColumnKind.DATE, RememberingCells::dates),
          new ColumnCoding(ColumnType.LOCAL_TIME, ColumnKind.TIME, RememberingCells::times),
          new ColumnCoding(
              ColumnType.LOCAL_DATE_TIME, ColumnKind.DATE_TIME, RememberingCells::dateTimes),
          new ColumnCoding(ColumnType.INSTANT, ColumnKind.INSTANT, RememberingCells::instants));

  static ColumnCoding of(ColumnType type) {
    return ALL.stream()
        .filter(coding -> coding.type.equals(type))
        .findAny()
        .orElseThrow(() ->
            new CsvFormatException(
                "columns of type " + type.name() + " cannot be stored; read them as STRING"));
  }

  ParsedCells cells(ReadOptions options) {
    return parser.apply(options);
  }
}
