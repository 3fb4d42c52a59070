package dev.trestle.namespace;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where this process looks entries up; the log is the truth. Used under the guard only. */
sealed interface Index permits ChronicleIndex, PrivateIndex {
  /**
   * Takes in what other processes have committed.
   *
   * @throws IndexFailure if the index is to be built again
   */
  void bringUpToDate(RedoLog log) throws IOException;

  /**
   * What an entry has.
   *
   * @throws IndexFailure if the index is to be built again
   */
  byte @Nullable [] get(Key key);

  /**
   * Takes in the change that was committed last.
   *
   * @throws IndexFailure if the index is to be built again
   */
  void apply(Change change, RedoLog log);

  /**
   * The names of all entries of a kind, in order.
   *
   * @throws IndexFailure if the index is to be built again
   */
  List<String> names(Key.Kind kind);

  /** Forgets everything. */
  void close() throws IOException;
}
