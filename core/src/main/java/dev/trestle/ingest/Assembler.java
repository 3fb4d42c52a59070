package dev.trestle.ingest;

import dev.trestle.store.ColumnPayload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Puts parsed chunks, which come in the order of the source, together to columns. */
final class Assembler {
  private final List<Field> fields;
  private final Widening widening;
  private final IngestLimits limits;
  private final Spools spools;
  private final List<ColumnSpool> columns = new ArrayList<>();
  private long rows;
  private long lines;
  private boolean lost;

  Assembler(List<Field> fields, Widening widening, IngestLimits limits, Spools spools)
      throws IOException {
    this.fields = fields;
    this.widening = widening;
    this.limits = limits;
    this.spools = spools;
    for (Field field : fields) {
      if (!field.isSkipped()) {
        columns.add(
            ColumnCoding.of(field.type()).spool(field.name(), spools, fields.size(), limits));
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
        columns.get(column++).append(batch.cells[field.position()].stored(), batch.rows);
      }
    }
    boundHeap();
  }

  /** A type was too narrow: the columns will be read again, and their space is free until then. */
  private void lose() {
    if (!lost) {
      lost = true;
      columns.clear();
      spools.close();
    }
  }

  private void boundHeap() throws IOException {
    while (columns.stream().mapToLong(ColumnSpool::heapBytes).sum() > limits.dictionaryBytes()) {
      ColumnSpool largest =
          columns.stream().max(Comparator.comparingLong(ColumnSpool::heapBytes)).orElseThrow();
      largest.freeHeap();
    }
  }

  IngestedColumns finish() throws IOException {
    List<ColumnPayload> payloads = new ArrayList<>();
    for (ColumnSpool column : columns) {
      payloads.add(column.finish());
    }
    return new IngestedColumns(rows, payloads, spools);
  }
}
