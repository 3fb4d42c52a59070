package dev.trestle.ingest;

import dev.trestle.ingest.Field.Standing;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.io.csv.CsvReadOptions;

/** Parses the rows of one chunk into its batch's cells. */
final class RowParser extends RecordHandler {
  private final CsvReadOptions options;
  private final List<Field> fields;
  private final Widening widening;
  private final Batch batch;
  private final ParsedCells[] cells;
  private final int[] columns;
  private final int width;
  private final boolean skipsRagged;
  private final List<Misfit> misfits = new ArrayList<>();
  private boolean atHeader;
  private int row;

  /** A value of a row that is none of its column's type. */
  private record Misfit(int position, String value) {}

  RowParser(CsvReadOptions options, List<Field> fields, Widening widening, Batch batch) {
    super(batch.part().origin().dialect());
    this.options = options;
    this.fields = fields;
    this.widening = widening;
    this.batch = batch;
    this.cells = batch.cells;
    this.columns = batch.part().columns();
    this.width = columns.length;
    this.skipsRagged = options.header() && options.skipRowsWithInvalidColumnCount();
    this.atHeader = batch.part().hasHeaderRow() && batch.startsPart;
  }

  void parse() {
    widening.applyTo(batch.cells);
    for (ParsedCells column : cells) {
      column.clear();
    }
    batch.bad =
        batch.isEndless
            ? new Batch.BadRow(
                1,
                "the record goes on for more than "
                    + (Splitter.MAX_RECORD >> 20)
                    + " MiB; is a quote left open?")
            : parse(batch.bytes, batch.length, batch.hasQuotes, batch.part().origin().charset());
    batch.rows = row;
    batch.lines = lines();
    for (ParsedCells column : cells) {
      if (column.stored() instanceof StringCells strings) {
        strings.encode();
      }
    }
  }

  @Override
  void begin() {
    if (row == batch.capacity) {
      batch.grow();
    }
  }

  @Override
  void field(int position, char[] text, int at, int length) {
    if (position < width && !atHeader && !cells[columns[position]].put(row, text, at, length)) {
      misfits.add(new Misfit(position, new String(text, at, length)));
    }
  }

  @Override
  @Nullable String end(int found, boolean isEmpty) {
    if (atHeader) {
      atHeader = false;
      return null;
    }
    if (found != width) {
      misfits.clear();
      return skipsRagged || isEmpty ? null : ragged(found);
    }
    row++;
    return misfits.isEmpty() ? null : judge();
  }

  private String ragged(int found) {
    return "%d %s where %d %s expected%s"
        .formatted(
            found,
            found == 1 ? "field" : "fields",
            width,
            width == 1 ? "is" : "are",
            options.header() ? "; skipRowsWithInvalidColumnCount(true) passes over such rows" : "");
  }

  /** A detected type widens; a configured one is the user's word, and the value an error. */
  private @Nullable String judge() {
    for (Misfit misfit : misfits) {
      int column = columns[misfit.position()];
      Field field = fields.get(column);
      if (field.standing() == Standing.CONFIGURED) {
        return "'%s' in column '%s' (field %d) is no %s, which is the type configured for it; change it in columnTypes or columnTypesPartial, or name '%1$s' a missingValueIndicator"
            .formatted(misfit.value(), field.name(), misfit.position() + 1, field.type().name());
      }
      ColumnType wider = widening.widen(field, misfit.value());
      if (wider == null) {
        return "'%s' in column '%s' (field %d) is of none of the columnTypesToDetect; add STRING to them"
            .formatted(misfit.value(), field.name(), misfit.position() + 1);
      }
      cells[column] = new LookingCells(wider, options);
    }
    misfits.clear();
    return null;
  }
}
