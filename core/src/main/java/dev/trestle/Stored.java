package dev.trestle;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the catalogue tells of tables and arrays alike. */
public sealed interface Stored permits StoredTable, StoredArray {
  /** The name; no two things have the same. */
  String name();

  /** The size of its files, once for all processes. */
  long bytes();

  /** The file that has its name. */
  Path location();

  /** Whether it lies in a memory file system, not on disk. */
  boolean inMemory();

  /**
   * The process whose session it belongs to; 0 if it is kept, or if that process is gone and the
   * next session removes it.
   */
  long ownerPid();

  /** When it was committed; of an array, or when its file was last written to. */
  Instant created();

  /** Whether it stays when its session ends. */
  boolean kept();

  /** The processes of this user that have it mapped now. */
  List<Long> mappedBy();

  /** Why it cannot be attached, if its file is damaged: drop it then; else null. */
  @Nullable String damage();

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
