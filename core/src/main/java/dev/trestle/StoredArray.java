package dev.trestle;

import dev.trestle.array.ElementType;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the catalogue.
 *
 * @param name the name that {@link Trestle#attachArray} takes
 * @param type what it holds; null if it is damaged
 * @param shape the length of each axis, as Python writes it: {@code (3, 4)}; empty if it is damaged
 * @param bytes the size of the file, once for all processes
 * @param location the file that holds the array
 * @param inMemory whether the file lies in a memory file system, not on disk
 * @param ownerPid the process whose session the array belongs to; 0 if it is kept, or if that
 *     process is gone and the next session removes the array
 * @param created when it was committed, or its file last written to
 * @param kept whether it stays when its session ends
 * @param mappedBy the processes of this user that have it mapped now
 * @param damage why it cannot be attached, if its file is damaged: drop it then; else null
 */
public record StoredArray(
    String name,
    @Nullable ElementType type,
    String shape,
    long bytes,
    Path location,
    boolean inMemory,
    long ownerPid,
    Instant created,
    boolean kept,
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
