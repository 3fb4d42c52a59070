package dev.trestle.store;

import dev.trestle.store.Drafts.Draft;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * A table's file on its way to a name: written, and mapped, as one that cannot be does not get a
 * name. Deleted when closed, if it has none by then.
 */
final class WrittenTable implements AutoCloseable {
  private final Lineage lineage;
  private Draft draft;
  private TableFile file;

  /**
   * @param lineage what is written in the file
   */
  WrittenTable(Draft draft, Lineage lineage) throws IOException {
    this.draft = draft;
    this.lineage = lineage;
    this.file = open(draft);
  }

  private static TableFile open(Draft draft) throws IOException {
    boolean mapped = false;
    try {
      TableFile file = TableFile.open(draft.path());
      mapped = true;
      return file;
    } finally {
      if (!mapped) {
        Drafts.delete(draft.path());
      }
    }
  }

  /**
   * Writes a table.
   *
   * @param lineage where it will probably stand, from its id
   */
  static WrittenTable write(
      Drafts drafts,
      List<StoreFolder> candidates,
      String name,
      TableContent content,
      Function<String, Lineage> lineage)
      throws IOException {
    String id = UUID.randomUUID().toString();
    Lineage probable = lineage.apply(id);
    var writer = writer(content, id, probable);
    long size = writer.estimatedSize();
    StoreFolder folder = drafts.folderWithRoom(candidates, name, size);
    return new WrittenTable(
        drafts.write(folder, Drafts.TABLE, name, size, writer::writeTo, true), probable);
  }

  static ArrowFileWriter writer(TableContent content, String id, Lineage lineage) {
    return new ArrowFileWriter(content, TableFile.properties(id, lineage, Instant.now()));
  }

  /** Moves it: the table that it belongs to has moved. */
  void copyTo(StoreFolder folder, Drafts drafts, String name) throws IOException {
    Draft before = draft;
    draft = drafts.copy(folder, name, before.path());
    Drafts.delete(before.path());
    file = open(draft);
  }

  Draft draft() {
    return draft;
  }

  StoreFolder folder() {
    return draft.folder();
  }

  TableFile file() {
    return file;
  }

  Lineage lineage() {
    return lineage;
  }

  @Override
  public void close() {
    Drafts.delete(draft.path());
  }
}
