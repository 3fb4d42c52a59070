package dev.trestle.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who has a name.
 *
 * <p>Things move to a later folder only, where a replacement finds room or is kept on disk: of two
 * that have one name, because a process was killed while it moved one, the later is the newer.
 */
final class Names {
  private final List<StoreFolder> folders;

  /** What has a name, and where. */
  record Head(StoreFolder folder, Path path) {}

  Names(List<StoreFolder> folders) {
    this.folders = folders;
  }

  /** What has the name, or null. */
  @Nullable Head find(String name, String suffix) {
    StoreFolder.checkName(name);
    // It may move to a folder that was looked into already, each time one further.
    for (int look = 0; look < folders.size(); look++) {
      for (StoreFolder folder : folders.reversed()) {
        Path path = folder.headPath(name, suffix);
        if (StoreFolder.isThere(path)) {
          return new Head(folder, path);
        }
      }
    }
    return null;
  }

  /** What has the name, a table or an array, or null. */
  @Nullable Head find(String name) {
    Head table = table(name);
    return table != null ? table : find(name, StoreFolder.ARRAY_SUFFIX);
  }

  /** As {@link #find(String)}, which must be there. */
  Head known(String name) {
    Head head = find(name);
    if (head == null) {
      throw new NoSuchTableException("there is neither a table nor an array '%s'".formatted(name));
    }
    return head;
  }

  @Nullable Head table(String name) {
    return find(name, StoreFolder.TABLE_SUFFIX);
  }

  /** The folders that a replacement of what lies in one may go to. */
  List<StoreFolder> from(@Nullable Head replaced) {
    return replaced == null
        ? folders
        : folders.subList(folders.indexOf(replaced.folder), folders.size());
  }

  /**
   * Checks that nothing has the name.
   *
   * @throws TableExistsException if something does
   */
  void checkFree(String name) {
    Head table = table(name);
    if (table != null) {
      throw new TableExistsException(
          "there is a table '%s' already (%s); replace it, drop it first, or choose another name"
              .formatted(name, table.path));
    }
    checkNoArray(name);
  }

  /** Checks that no array has the name. */
  void checkNoArray(String name) {
    checkNo(name, "an array", find(name, StoreFolder.ARRAY_SUFFIX));
  }

  /** Checks that no table has the name. */
  void checkNoTable(String name) {
    checkNo(name, "a table", table(name));
  }

  private static void checkNo(String name, String what, @Nullable Head found) {
    if (found != null) {
      throw new TableExistsException(
          "'%s' is the name of %s already (%s); drop it first, or choose another name"
              .formatted(name, what, found.path));
    }
  }

  NoSuchTableException noTable(String name) {
    return new NoSuchTableException(
        find(name, StoreFolder.ARRAY_SUFFIX) != null
            ? "'%s' is an array, not a table; attachArray attaches it".formatted(name)
            : "there is no table " + others(name, StoreFolder.TABLE_SUFFIX));
  }

  NoSuchArrayException noArray(String name) {
    return new NoSuchArrayException(
        table(name) != null
            ? "'%s' is a table, not an array; attach attaches it".formatted(name)
            : "there is no array " + others(name, StoreFolder.ARRAY_SUFFIX));
  }

  private String others(String name, String suffix) {
    var names = new TreeSet<String>();
    folders.forEach(folder ->
        folder.heads().stream()
            .filter(path -> path.toString().endsWith(suffix))
            .forEach(path -> names.add(StoreFolder.nameOfHead(path))));
    return "'%s'; %s"
        .formatted(
            name, names.isEmpty() ? "the store has none" : "there are: " + new ArrayList<>(names));
  }
}
