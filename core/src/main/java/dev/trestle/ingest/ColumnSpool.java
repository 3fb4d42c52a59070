package dev.trestle.ingest;

import dev.trestle.store.ColumnPayload;
import java.io.IOException;

/** A column as it grows, chunk by chunk, in spool files. One thread at a time. */
interface ColumnSpool {
  void append(Cells cells, int rows) throws IOException;

  /** Ends the appending. */
  ColumnPayload finish() throws IOException;

  /** Heap that grows with the column. */
  default long heapBytes() {
    return 0;
  }

  /** Gives that heap back, at the price of a larger file. */
  default void freeHeap() throws IOException {}
}
