package dev.trestle.ingest;

import dev.trestle.store.ColumnKind;
import dev.trestle.store.ColumnPayload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All columns of a table as they grow, with a bound on the heap that they take together. */
final class ColumnSpools {
  private final Spools spools;
  private final IngestLimits limits;
  private final int siblings;
  private final List<ColumnSpool> columns = new ArrayList<>();

  /**
   * No columns yet.
   *
   * @param siblings how many there will be
   */
  ColumnSpools(Spools spools, int siblings, IngestLimits limits) {
    this.spools = spools;
    this.siblings = siblings;
    this.limits = limits;
  }

  void add(String name, ColumnKind kind) throws IOException {
    columns.add(
        switch (kind) {
          case STRING -> new StringSpool(name, spools, siblings, limits);
          case BOOLEAN -> new BooleanSpool(name, spools, siblings);
          default -> new FixedSpool(name, kind, spools, siblings);
        });
  }

  void append(int column, Cells cells, int rows) throws IOException {
    columns.get(column).append(cells, rows);
  }

  /** Turns the largest dictionaries into text when all of them take too much heap. */
  void boundHeap() throws IOException {
    while (columns.stream().mapToLong(ColumnSpool::heapBytes).sum() > limits.dictionaryBytes()) {
      ColumnSpool largest =
          columns.stream().max(Comparator.comparingLong(ColumnSpool::heapBytes)).orElseThrow();
      largest.freeHeap();
    }
  }

  /** Frees everything; nothing can be appended any more. */
  void discard() {
    columns.clear();
    spools.close();
  }

  /** Ends the appending. */
  IngestedColumns finish(long rows) throws IOException {
    List<ColumnPayload> payloads = new ArrayList<>();
    for (ColumnSpool column : columns) {
      payloads.add(column.finish());
    }
    return new IngestedColumns(rows, payloads, spools);
  }
}
