package dev.trestle.store;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.Objects;

/**
 * One version of a table, to be mapped in another process: small, however many files it has.
 *
 * <p>The files are found by the pins of the session that sent it, as long as the sender holds on to
 * the table; without them by the table's name, if the version is still the newest.
 *
 * @param name the table's name
 * @param location the file that had the name
 * @param session the one that has the files pinned, or "" if none has
 * @param id the version's
 * @param lineage where the head stands among the versions
 */
public record TableReference(
    String name, String location, String session, String id, String lineage)
    implements Serializable {

  /** To a mapped version; without pins, session is "". */
  public static TableReference to(MappedTable table, String session) {
    return new TableReference(
        table.name(),
        table.location().toString(),
        session,
        table.id(),
        table.head().lineage().text());
  }

  /** The folder of the store that the files lie in. */
  public Path folder() {
    return Objects.requireNonNull(Path.of(location).toAbsolutePath().getParent());
  }
}
