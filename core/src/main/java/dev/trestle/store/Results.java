package dev.trestle.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Tables and other files on their way from one process of a session to another: they have no name,
 * and are opened by path. They go with the session at the latest. Safe for use by several threads.
 */
public final class Results {
  private final Membership membership;
  private final Drafts drafts;

  Results(Membership membership, Drafts drafts) {
    this.membership = membership;
    this.drafts = drafts;
  }

  /**
   * Writes a table.
   *
   * @param tag what {@link #discard} takes
   * @return the file
   * @throws StoreFullException if no folder has the room; nothing is left behind
   */
  public Path write(String tag, TableContent content) {
    String id = UUID.randomUUID().toString();
    var writer =
        new ArrowFileWriter(content, TableFile.properties(id, Lineage.first(id), Instant.now()));
    return writeFile(tag, writer.estimatedSize(), writer::writeTo);
  }

  /** As {@link #write}, for a file of any kind. */
  public Path writeFile(String tag, long bytes, FileWriter writer) {
    drafts.checkOpen();
    membership.checkThere();
    StoreFolder folder = drafts.folderWithRoom(membership.folders(), "a result", bytes);
    return drafts.write(folder, tag, "a result", bytes, writer, false).path();
  }

  /**
   * Maps a table.
   *
   * @param name what the rows are called in messages
   * @throws StoreException if it is not there, or damaged
   */
  public static MappedTable open(String name, Path result) {
    try {
      return new MappedTable(name, List.of(TableFile.open(result)));
    } catch (IOException e) {
      throw new StoreException("cannot map '" + name + "': " + e, e);
    }
  }

  /** Removes all files with a tag, whole or not, from whichever process of this session. */
  public void discard(String tag) {
    String prefix = StoreFolder.temporaryPrefix(membership.sessionId(), tag);
    for (StoreFolder folder : membership.folders()) {
      folder.temporaries().stream()
          .filter(path -> path.getFileName().toString().startsWith(prefix))
          .forEach(Drafts::delete);
    }
  }
}
