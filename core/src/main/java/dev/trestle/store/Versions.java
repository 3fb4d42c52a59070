package dev.trestle.store;

import dev.trestle.store.Drafts.Draft;
import dev.trestle.store.Names.Head;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How tables get their names, and lose them to a newer version.
 *
 * <p>Rows are written without a lock. Under it, a table's head is exchanged by one rename: before
 * that the old version is in force and whole, after it the new one. What a process that is killed
 * on the way leaves is nobody's, and the next sweep knows it.
 */
final class Versions {
  private final List<StoreFolder> folders;
  private final String session;
  private final Names names;
  private final Drafts drafts;
  private final OpenFiles files;

  Versions(List<StoreFolder> folders, String session, Names names, Drafts drafts, OpenFiles files) {
    this.folders = folders;
    this.session = session;
    this.names = names;
    this.drafts = drafts;
    this.files = files;
  }

  /** Maps the newest version. */
  MappedTable open(String name) throws IOException {
    while (true) {
      Head head = names.table(name);
      if (head == null) {
        throw names.noTable(name);
      }
      try {
        return open(name, head);
      } catch (NoSuchFileException e) {
        // replaced or dropped since
      }
    }
  }

  /**
   * Maps the version that a head belongs to.
   *
   * @throws NoSuchFileException if it is not there any more
   * @throws DamagedTableException if something has cut it while it was mapped
   */
  MappedTable open(String name, Head at) throws IOException {
    TableFile head = files.open(at.folder(), at.path());
    List<TableFile> all = new ArrayList<>();
    for (int file = 0; file < head.lineage().file(); file++) {
      Path part = at.folder().partPath(name, head.lineage().earlier(file));
      try {
        all.add(files.open(at.folder(), part));
      } catch (NoSuchFileException e) {
        if (TableFile.header(at.path()).lineage().equals(head.lineage())) {
          throw new StoreException(
              "table '%s' is damaged: %s, which has earlier rows, is gone. Drop the table and share it"
                      .formatted(name, part)
                  + " again from its source",
              e);
        }
        throw e;
      }
    }
    all.add(head);
    return whole(name, all);
  }

  /** Maps the version that a reference is to, by the pins of the session that sent it. */
  MappedTable open(TableReference reference) throws IOException {
    Path location = Path.of(reference.location());
    if (location.getFileName().toString().startsWith(".")) {
      return Results.open(reference.name(), location);
    }
    Lineage lineage = Lineage.parse(reference.lineage());
    if (lineage != null && !reference.session().isEmpty()) {
      try {
        return openPinned(reference, lineage, location);
      } catch (NoSuchFileException e) {
        // the sender has let go of it: perhaps it still has its name
      }
    }
    MappedTable newest = newest(reference);
    if (!newest.id().equals(reference.id())) {
      throw new NoSuchTableException(
          "table '%s' has been replaced by another one of that name since it was sent; attach it"
                  .formatted(reference.name())
              + " again: Trestle.attach(\""
              + reference.name()
              + "\")");
    }
    return newest;
  }

  private MappedTable openPinned(TableReference reference, Lineage lineage, Path location)
      throws IOException {
    StoreFolder at = folder(location);
    List<TableFile> all = new ArrayList<>();
    for (int file = 0; file <= lineage.file(); file++) {
      TableFile pinned = files.open(at, at.pinPath(reference.session(), lineage.earlier(file)));
      all.add(
          file == lineage.file()
              ? pinned.as(location, lineage)
              : pinned.as(at.partPath(reference.name(), pinned.lineage()), pinned.lineage()));
    }
    return whole(reference.name(), all);
  }

  /** Of files that may have been mapped for long. */
  private static MappedTable whole(String name, List<TableFile> files) {
    files.forEach(MappingFault::check);
    return new MappedTable(name, files);
  }

  private MappedTable newest(TableReference reference) throws IOException {
    try {
      return open(reference.name());
    } catch (NoSuchTableException e) {
      throw new NoSuchTableException(
          "table '%s' was dropped before it could be attached here (%s)"
              .formatted(reference.name(), reference.location()));
    }
  }

  /**
   * Under the lock: removes a table or an array.
   *
   * @param id which version of a table it has to be, or null for any
   */
  boolean drop(String name, @Nullable String id) throws IOException {
    Head newest = names.find(name);
    if (newest == null || (id != null && !id.equals(id(newest)))) {
      return false;
    }
    String suffix =
        newest.equals(names.table(name)) ? StoreFolder.TABLE_SUFFIX : StoreFolder.ARRAY_SUFFIX;
    for (StoreFolder folder : folders) { // the older one first, if a move was killed
      Path head = folder.headPath(name, suffix);
      if (StoreFolder.isThere(head)) {
        Object identity =
            Files.isRegularFile(head, LinkOption.NOFOLLOW_LINKS)
                ? StoreFolder.identity(head)
                : Ownership.NOBODY;
        Files.delete(head);
        Ownership.release(folder, identity);
        folder.parts(name).forEach(Drafts::delete);
      }
    }
    return true;
  }

  /** Which version it is: without reading the file if it is mapped, as it may be damaged by now. */
  private @Nullable String id(Head head) throws IOException {
    TableFile mapped = files.known(StoreFolder.identity(head.path()));
    if (mapped != null) {
      return mapped.id();
    }
    try {
      return TableFile.header(head.path()).id();
    } catch (StoreException e) {
      return null; // none that anybody has attached here
    }
  }

  /** Gives a new table its name. */
  MappedTable share(String name, TableContent content) throws IOException {
    names.checkFree(name);
    try (var written = write(folders, name, content, Lineage::first)) {
      try (var lock = drafts.lock(folders)) {
        names.checkFree(name);
        return place(name, written, written.lineage(), session, null, List.of());
      }
    }
  }

  /** Gives a table a name that another one may have. */
  MappedTable replace(String name, TableContent content) throws IOException {
    names.checkNoArray(name);
    Head found = names.table(name);
    Lineage replaced = found == null ? null : lineage(found);
    try (var written =
        write(names.from(found), name, content, id -> Lineage.replacing(id, replaced))) {
      while (true) {
        Head now;
        try (var lock = drafts.lock(folders)) {
          names.checkNoArray(name);
          now = names.table(name);
          if (names.from(now).contains(written.folder())) {
            Lineage lineage =
                Lineage.replacing(written.lineage().series(), now == null ? null : lineage(now));
            return place(name, written, lineage, newOwner(now), now, List.of());
          }
        }
        written.copyTo(names.from(now).getFirst(), drafts, name);
      }
    }
  }

  /** What was kept stays kept when it is replaced; what was not is the replacing session's. */
  String newOwner(@Nullable Head replaced) throws IOException {
    return replaced == null || !owner(replaced).equals(Ownership.NOBODY)
        ? session
        : Ownership.NOBODY;
  }

  static String owner(Head head) throws IOException {
    return Ownership.ownerOf(head.folder(), StoreFolder.identity(head.path()));
  }

  /** Of a damaged table, which may well be replaced, null. */
  private static @Nullable Lineage lineage(Head head) throws IOException {
    StoreFolder.identity(head.path()); // nothing that is a link gets replaced
    try {
      return TableFile.header(head.path()).lineage();
    } catch (StoreException e) {
      return null;
    }
  }

  /**
   * Adds rows to a table. Its earlier files stay where they are; of two who append at once, the
   * second adds to what the first has made.
   */
  MappedTable append(String name, TableContent content) throws IOException {
    MappedTable before = open(name); // held, so that it is open already once the lock is held
    AppendedColumns.check(name, before.columns(), content.columns());
    StoreFolder at = folder(before);
    try (var written = write(List.of(at), name, content, id -> Lineage.appendedTo(before.head()))) {
      while (true) {
        Head now;
        try (var lock = drafts.lock(folders)) {
          now = names.table(name);
          if (now == null) {
            throw names.noTable(name);
          }
          if (now.folder().equals(written.folder())) {
            MappedTable current = open(name, now);
            AppendedColumns.check(name, current.columns(), content.columns());
            return appendTo(current, now, written);
          }
        }
        written.copyTo(now.folder(), drafts, name);
      }
    }
  }

  private MappedTable appendTo(MappedTable current, Head now, WrittenTable written)
      throws IOException {
    TableFile head = current.head();
    Lineage lineage = Lineage.appendedTo(head);
    if (lineage.file() >= Lineage.MOST_FILES) {
      throw new StoreException(
          "table '%s' lies in %,d files already, as rows were appended as often; make it one file:"
                  .formatted(current.name(), Lineage.MOST_FILES)
              + " replace it by its own table(), then append");
    }
    Path part = now.folder().partPath(current.name(), head.lineage());
    Files.deleteIfExists(part); // of an append that was killed
    Files.createLink(part, now.path());
    List<TableFile> earlier = new ArrayList<>(current.files());
    earlier.set(earlier.size() - 1, head.as(part, head.lineage()));
    boolean placed = false;
    try {
      MappedTable table = place(current.name(), written, lineage, owner(now), now, earlier);
      placed = true;
      return table;
    } finally {
      if (!placed) {
        Drafts.delete(part);
      }
    }
  }

  /** Makes something nobody's. Under the lock. */
  static void keep(Head head) throws IOException {
    Ownership.release(head.folder(), StoreFolder.identity(head.path()));
    head.folder().force();
  }

  /** Which of the folders a table lies in. */
  StoreFolder folder(MappedTable table) {
    return folder(table.location());
  }

  private StoreFolder folder(Path location) {
    Path parent = location.getParent();
    return folders.stream()
        .filter(folder -> folder.path().equals(parent))
        .findFirst()
        .orElseThrow(() -> new StoreException(location + " lies in no folder of this store"));
  }

  private WrittenTable write(
      List<StoreFolder> candidates,
      String name,
      TableContent content,
      Function<String, Lineage> lineage)
      throws IOException {
    return WrittenTable.write(drafts, candidates, name, content, lineage);
  }

  /** Under the lock: gives what is written the name, and takes it from what has it now. */
  MappedTable place(
      String name,
      WrittenTable written,
      Lineage lineage,
      String owner,
      @Nullable Head now,
      List<TableFile> earlier)
      throws IOException {
    Draft draft = written.draft();
    if (!lineage.equals(written.lineage())) {
      lineage.stamp(draft.path(), written.lineage(), !draft.folder().inMemory());
    }
    Path target = draft.folder().headPath(name, StoreFolder.TABLE_SUFFIX);
    var adopted = files.adopt(draft, written.file(), lineage, target);
    boolean named = false;
    try {
      exchange(name, draft, target, owner, now, earlier.isEmpty());
      named = true;
    } finally {
      if (!named) {
        adopted.undo().clean();
      }
    }
    List<TableFile> all = new ArrayList<>(earlier);
    all.add(adopted.file());
    return new MappedTable(name, all);
  }

  /**
   * Under the lock: gives a file its name, and takes it from what has it now.
   *
   * @param whole whether the parts of what had the name go with it
   */
  static void exchange(
      String name, Draft draft, Path target, String owner, @Nullable Head now, boolean whole)
      throws IOException {
    boolean sameFolder = now != null && now.folder().equals(draft.folder());
    Object old = now == null ? Ownership.NOBODY : StoreFolder.identity(now.path());
    Ownership.publish(draft, target, owner, sameFolder);
    try {
      if (owner.equals(Ownership.NOBODY)) {
        draft.folder().force();
      }
      if (now != null) {
        if (!sameFolder) {
          Files.deleteIfExists(now.path());
        }
        Ownership.release(now.folder(), old);
        if (whole) {
          now.folder().parts(name).forEach(Drafts::delete);
        }
      }
    } catch (IOException e) {
      // It is committed all the same; the next sweep removes what is left of the old one.
    }
  }
}
