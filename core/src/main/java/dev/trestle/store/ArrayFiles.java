package dev.trestle.store;

import dev.trestle.store.Drafts.Draft;
import dev.trestle.store.Names.Head;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** How files of arrays get their names: as tables do, but nothing is known of what is in them. */
final class ArrayFiles {
  private final List<StoreFolder> folders;
  private final Names names;
  private final Drafts drafts;
  private final Versions versions;

  ArrayFiles(List<StoreFolder> folders, Names names, Drafts drafts, Versions versions) {
    this.folders = folders;
    this.names = names;
    this.drafts = drafts;
    this.versions = versions;
  }

  Path commit(String name, String suffix, long bytes, FileWriter writer, boolean replace)
      throws IOException {
    check(name, suffix, replace);
    List<StoreFolder> candidates = names.from(names.find(name, suffix));
    StoreFolder folder = drafts.folderWithRoom(candidates, name, bytes);
    Draft draft = drafts.write(folder, "array", name, bytes, writer, true);
    try (var lock = drafts.lock(folders)) {
      check(name, suffix, replace);
      Head now = names.find(name, suffix);
      if (!names.from(now).contains(folder)) {
        throw new StoreException(
            "array '%s' was replaced by one that lies after %s meanwhile; try again"
                .formatted(name, folder.path()));
      }
      Path target = folder.headPath(name, suffix);
      Versions.exchange(name, draft, target, versions.newOwner(now), now, false);
      return target;
    } finally {
      Drafts.delete(draft.path());
    }
  }

  private void check(String name, String suffix, boolean replace) {
    if (!suffix.equals(StoreFolder.ARRAY_SUFFIX)) {
      throw new IllegalArgumentException("'" + suffix + "' is not how files of arrays end");
    }
    names.checkNoTable(name);
    if (!replace) {
      names.checkNoArray(name);
    }
  }

  /** The file of that name, which is a plain one. */
  Path file(String name, String suffix) throws IOException {
    Head head = names.find(name, suffix);
    if (head == null) {
      names.checkNoTable(name);
      throw names.noArray(name);
    }
    StoreFolder.identity(head.path());
    return head.path();
  }
}
