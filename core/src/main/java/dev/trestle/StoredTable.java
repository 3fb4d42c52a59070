package dev.trestle;

import dev.trestle.store.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the catalogue.
 *
 * @param name the name that {@link Trestle#attach} takes
 * @param rows how many rows; 0 if it is damaged
 * @param columns how many columns; 0 if it is damaged
 * @param version 1 when it was new, one more for each replace and append; 0 if it is damaged
 * @param place where it lies, and whose it is
 * @param mappedBy the processes of this user that have rows of this version mapped now
 * @param damage why it cannot be attached, if its file is damaged: drop it then; else null
 */
public record StoredTable(
    String name,
    long rows,
    int columns,
    long version,
    Entry.Place place,
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
