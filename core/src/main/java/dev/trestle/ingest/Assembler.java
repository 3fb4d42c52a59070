package dev.trestle.ingest;

import java.io.IOException;
import java.util.List;

/** Puts parsed chunks, which come in the order of the sources, together to columns. */
final class Assembler {
  private final List<Field> fields;
  private final Widening widening;
  private final ColumnSpools columns;
  private long rows;
  private long lines;
  private boolean lost;

  Assembler(List<Field> fields, Widening widening, IngestLimits limits, Spools spools)
      throws IOException {
    this.fields = fields;
    this.widening = widening;
    this.columns = new ColumnSpools(spools, fields.size(), limits);
    for (Field field : fields) {
      if (!field.isSkipped()) {
        columns.add(field.name(), ColumnCoding.of(field.type()).kind());
      }
    }
  }

  /**
   * Appends the next chunk.
   *
   * @throws CsvFormatException when it ended in a bad row
   */
  void append(Batch batch) throws IOException {
    if (batch.startsPart) {
      lines = 0;
    }
    if (batch.bad != null) {
      throw batch.bad.in(batch.part().name(), lines);
    }
    lines += batch.lines;
    if (widening.isNeeded()) {
      lose();
      return;
    }
    rows += batch.rows;
    int column = 0;
    for (Field field : fields) {
      if (!field.isSkipped()) {
        columns.append(column++, batch.cells[field.position()].stored(), batch.rows);
      }
    }
    columns.boundHeap();
  }

  /** A type was too narrow: the columns will be read again, and their space is free until then. */
  private void lose() {
    if (!lost) {
      lost = true;
      columns.discard();
    }
  }

  IngestedColumns finish() throws IOException {
    return columns.finish(rows);
  }
}
