package dev.trestle.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** One line of the catalogue; looking at it does not keep anything in memory. */
public sealed interface Entry {
  /** The name; no two things have the same. */
  String name();

  /** What tables and arrays have in common. */
  Place place();

  /**
   * Where a thing lies, and whose it is.
   *
   * @param files all files, those with the earliest rows first; the last one has the thing's name
   * @param bytes their sizes together
   * @param inMemory whether they lie in a memory file system, not on disk
   * @param kept whether it stays when its session ends
   * @param ownerPid the process whose session it belongs to; 0 if it is kept, or if that process is
   *     gone, and the next sweep removes it
   * @param created when it was written
   */
  record Place(
      List<Path> files,
      long bytes,
      boolean inMemory,
      boolean kept,
      long ownerPid,
      Instant created) {
    public Place {
      files = List.copyOf(files);
    }

    /** The file that has the thing's name. */
    public Path location() {
      return files.getLast();
    }
  }

  /**
   * A table.
   *
   * @param sources the foreign files that it reads columns from in place; their sizes are part of
   *     the place's bytes
   * @param conversions the columns that were converted on their way in from them
   */
  record OfTable(
      String name,
      Place place,
      long rows,
      int columns,
      long version,
      List<Source> sources,
      List<Conversion> conversions)
      implements Entry {
    public OfTable {
      sources = List.copyOf(sources);
      conversions = List.copyOf(conversions);
    }
  }

  /**
   * A foreign file that a table reads columns from in place.
   *
   * @param path where it was when it was shared
   * @param bytes its size then
   */
  record Source(Path path, long bytes) {}

  /** An array; its shape is in its file. */
  record OfArray(String name, Place place) implements Entry {}

  /**
   * What has the name of a table or an array and cannot be opened as one.
   *
   * @param place with the file that has its name alone
   * @param reason what opening it says
   */
  record Damaged(String name, boolean isArray, Place place, String reason) implements Entry {}
}
