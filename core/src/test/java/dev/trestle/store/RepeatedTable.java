package dev.trestle.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;

/** A table of very many rows that takes the room of a few. */
public final class RepeatedTable {
  private RepeatedTable() {}

  /** The table in a file, so many times one after the other. */
  public static MappedTable of(Path file, int times) throws IOException {
    return new MappedTable("repeated", Collections.nCopies(times, TableFile.open(file)));
  }
}
