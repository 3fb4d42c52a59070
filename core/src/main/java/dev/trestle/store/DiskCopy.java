package dev.trestle.store;

import dev.trestle.store.Drafts.Draft;
import dev.trestle.store.Names.Head;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Copies a table from memory to a disk, where it outlives the machine's restart, and makes the copy
 * the table. Who has the one in memory attached keeps it.
 */
final class DiskCopy implements AutoCloseable {
  private final List<StoreFolder> folders;
  private final Names names;
  private final Drafts drafts;
  private final Versions versions;

  /** By the name of the file: rows that were appended meanwhile are copied in a second round. */
  private final Map<String, Draft> copies = new HashMap<>();

  DiskCopy(List<StoreFolder> folders, Names names, Drafts drafts, Versions versions) {
    this.folders = folders;
    this.names = names;
    this.drafts = drafts;
    this.versions = versions;
  }

  /** Keeps a table; copies it only if it lies in memory. */
  void keep(String name) throws IOException {
    while (true) {
      MappedTable before = versions.open(name);
      StoreFolder from = versions.folder(before);
      StoreFolder to = from.inMemory() ? disk(folders, name, from) : from;
      if (!to.equals(from)) {
        for (TableFile file : before.files()) {
          copy(file, to, name);
        }
      }
      try (var lock = drafts.lock(folders)) {
        Head now = names.table(name);
        if (now == null) {
          throw names.noTable(name);
        }
        if (!now.folder().inMemory()) {
          Versions.keep(now);
          return;
        }
        MappedTable current = versions.open(name, now);
        if (current.head().lineage().equals(before.head().lineage())) {
          place(name, now, current, to);
          return;
        }
      }
    }
  }

  /** The folder on a disk that comes after one in memory. */
  static StoreFolder disk(List<StoreFolder> folders, String name, StoreFolder from) {
    return folders.subList(folders.indexOf(from) + 1, folders.size()).stream()
        .filter(folder -> !folder.inMemory())
        .findFirst()
        .orElseThrow(() ->
            new StoreException(
                "'%s' lies in memory (%s), and this store has no folder on disk after that;"
                        .formatted(name, from.path())
                    + " name one: -Dtrestle.store=MEMORY:DISK, or Store.open(memory, disk)"));
  }

  private void copy(TableFile file, StoreFolder to, String name) throws IOException {
    String key = file.lineage().fileName();
    if (!copies.containsKey(key)) {
      copies.put(key, drafts.copy(to, name, file));
    }
  }

  private void place(String name, Head now, MappedTable table, StoreFolder to) throws IOException {
    TableFile head = table.head();
    boolean placed = false;
    try (var written = new WrittenTable(copied(head), head.lineage())) {
      for (TableFile part : table.files().subList(0, head.lineage().file())) {
        Path path = to.partPath(name, part.lineage());
        Files.move(copied(part).path(), path, StandardCopyOption.ATOMIC_MOVE);
      }
      versions.place(name, written, head.lineage().copied(), Ownership.NOBODY, now, List.of());
      placed = true;
    } finally {
      if (!placed) {
        to.parts(name).forEach(Drafts::delete);
      }
    }
  }

  private Draft copied(TableFile file) {
    return Objects.requireNonNull(copies.get(file.lineage().fileName()));
  }

  @Override
  public void close() {
    for (Draft copy : copies.values()) {
      Path path = copy.path();
      Drafts.delete(path);
    }
  }
}
