package dev.trestle;

import dev.trestle.store.Entry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the catalogue tells of tables and arrays alike. */
public sealed interface Stored permits StoredTable, StoredArray {
  /** The name; no two things have the same. */
  String name();

  /** Where it lies, and whose it is. */
  Entry.Place place();

  /** The processes of this user that have it mapped now. */
  List<Long> mappedBy();

  /** Why it cannot be attached, if its file is damaged: drop it then; else null. */
  @Nullable String damage();

  /** The size of its files, once for all processes. */
  default long bytes() {
    return place().bytes();
  }

  /** The file that has its name; of a table, the one with its newest rows. */
  default Path location() {
    return place().location();
  }

  /** Whether it lies in a memory file system, not on disk. */
  default boolean inMemory() {
    return place().inMemory();
  }

  /**
   * The process whose session it belongs to; 0 if it is kept, or if that process is gone and the
   * next session removes it.
   */
  default long ownerPid() {
    return place().ownerPid();
  }

  /** When it was committed; of an array, or when its file was last written to. */
  default Instant created() {
    return place().created();
  }

  /** Whether it stays when its session ends. */
  default boolean kept() {
    return place().kept();
  }

  /** Whose it is, in words: {@code pid 4711}, {@code kept}, or {@code an ended session's}. */
  default String owner() {
    if (kept()) {
      return "kept";
    }
    return ownerPid() == 0 ? "an ended session's" : "pid " + ownerPid();
  }

  /** How long ago it was committed, in words: {@code 3 minutes}. */
  default String age() {
    return Age.words(Duration.between(created(), Instant.now()));
  }
}
