package dev.trestle;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the catalogue.
 *
 * @param name the name that {@link Trestle#attach} takes
 * @param rows how many rows; 0 if it is damaged
 * @param columns how many columns; 0 if it is damaged
 * @param bytes the size of its files, once for all processes
 * @param location the file that holds the table, or its newest rows
 * @param inMemory whether the file lies in a memory file system, not on disk
 * @param ownerPid the process whose session the table belongs to; 0 if it is kept, or if that
 *     process is gone and the next session removes the table
 * @param created when this version was committed
 * @param kept whether it stays when its session ends
 * @param version 1 when it was new, one more for each replace and append; 0 if it is damaged
 * @param mappedBy the processes of this user that have rows of this version mapped now
 * @param damage why it cannot be attached, if its file is damaged: drop it then; else null
 */
public record StoredTable(
    String name,
    long rows,
    int columns,
    long bytes,
    Path location,
    boolean inMemory,
    long ownerPid,
    Instant created,
    boolean kept,
    long version,
    List<Long> mappedBy,
    @Nullable String damage)
    implements Stored {
  public StoredTable {
    mappedBy = List.copyOf(mappedBy);
  }

  /** A line of text, with the age as it is now. */
  @Override
  public String toString() {
    String shape = StoredLine.number(rows, "row") + " x " + StoredLine.number(columns, "column");
    return StoredLine.of(this, version > 1 ? shape + ", version " + version : shape);
  }
}
