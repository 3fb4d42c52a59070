package dev.trestle;

import dev.trestle.array.ElementType;
import dev.trestle.store.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the catalogue.
 *
 * @param name the name that {@link Trestle#attachArray} takes
 * @param type what it holds; null if it is damaged
 * @param shape the length of each axis, as Python writes it: {@code (3, 4)}; empty if it is damaged
 * @param place where it lies, and whose it is
 * @param mappedBy the processes of this user that have it mapped now
 * @param damage why it cannot be attached, if its file is damaged: drop it then; else null
 */
public record StoredArray(
    String name,
    @Nullable ElementType type,
    String shape,
    Entry.Place place,
    List<Long> mappedBy,
    @Nullable String damage)
    implements Stored {
  public StoredArray {
    mappedBy = List.copyOf(mappedBy);
  }

  /** A line of text, with the age as it is now. */
  @Override
  public String toString() {
    return StoredLine.of(this, type + " " + shape);
  }
}
