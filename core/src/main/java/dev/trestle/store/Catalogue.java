package dev.trestle.store;

import dev.trestle.store.Names.Head;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tables and arrays of one user: commit, replace, append, list, open, keep, drop, sweep.
 *
 * <p>A thing is written under a hidden name and gets its real name in one atomic step, under a file
 * lock that all who change names in a store take: of two that share under one name at once, exactly
 * one succeeds. There is no state in which a reader sees half a table. Safe for use by several
 * threads.
 */
public final class Catalogue implements AutoCloseable {
  private final List<StoreFolder> folders;
  private final Membership membership;
  private final Results results;
  private final Names names;
  private final Drafts drafts;
  private final Versions versions;
  private final ArrayFiles arrays;

  private Catalogue(Membership membership) {
    this.membership = membership;
    this.folders = membership.folders();
    String session = membership.sessionId();
    this.names = new Names(folders);
    this.drafts = new Drafts(session, membership::hasEnded);
    var pins = new Pins(membership.isOwner());
    var files = new OpenFiles(session, pins);
    this.versions = new Versions(folders, session, names, drafts, files);
    this.arrays = new ArrayFiles(folders, session, pins, names, drafts, versions);
    this.results = new Results(membership, drafts);
  }

  /**
   * Opens the store and begins a session; sweeps what dead sessions left.
   *
   * @param folders where things may lie, best first; sockets and logs lie in the first
   */
  public static Catalogue open(List<StoreFolder> folders) {
    return new Catalogue(Membership.begin(folders));
  }

  /** Opens the store as a member of a session that another process owns: a worker does. */
  public static Catalogue join(List<StoreFolder> folders, String sessionId) {
    return new Catalogue(Membership.of(folders, sessionId));
  }

  /** The folders, best first. */
  public List<StoreFolder> folders() {
    return folders;
  }

  /** The session that what is committed here belongs to. */
  public String sessionId() {
    return membership.sessionId();
  }

  /** A private folder that lives as long as the session, for sockets and logs. */
  public Path sessionFolder() {
    checkThere();
    return membership.folder();
  }

  /** Where to make a folder for what lives as long as any session of this store does. */
  public Path commonFolder() {
    checkThere();
    return folders.getFirst().path().resolve(StoreFolder.COMMON);
  }

  /**
   * Writes a table and gives it its name.
   *
   * @throws TableExistsException if the name is taken
   * @throws StoreFullException if no folder has the room; nothing is left behind
   * @throws IllegalStateException if the session has ended
   */
  public MappedTable commit(String name, TableContent content) {
    checkThere();
    return changing("commit", name, () -> versions.share(name, content));
  }

  /**
   * Writes a table and gives it its name, which another table may have until then. Who has that one
   * attached keeps it. It goes to the other one's folder or a later one; what was kept stays kept.
   *
   * @throws TableExistsException if an array has the name
   * @throws StoreFullException if no folder has the room; the other table stays
   */
  public MappedTable replace(String name, TableContent content) {
    checkThere();
    return changing("replace", name, () -> versions.replace(name, content));
  }

  /**
   * Writes rows and adds them to a table, as a new version; what is there is not written again. If
   * the table is replaced meanwhile, they are added to the new one.
   *
   * @throws NoSuchTableException if there is none of that name
   * @throws ColumnMismatchException if the rows have other columns
   * @throws StoreFullException if the table's folder has no room; it stays as it was
   */
  public MappedTable append(String name, TableContent content) {
    return changing("append to", name, () -> versions.append(name, content));
  }

  /**
   * Writes a file of an array and gives it its name, with read and write access for this user.
   *
   * @param suffix {@link StoreFolder#ARRAY_SUFFIX}
   * @param bytes how many bytes the writer writes
   * @param replace whether another array may have the name
   * @return the file
   * @throws TableExistsException if the name is taken
   * @throws StoreFullException if no folder has the room; nothing is left behind
   */
  public HeldFile commitFile(
      String name, String suffix, long bytes, FileWriter writer, boolean replace) {
    checkThere();
    return changing("commit", name, () -> arrays.commit(name, suffix, bytes, writer, replace));
  }

  /**
   * The file of an array.
   *
   * @throws NoSuchArrayException if there is none of that name
   */
  public HeldFile openFile(String name, String suffix) {
    return changing("open", name, () -> arrays.file(name, suffix));
  }

  /**
   * The file of an array that was found elsewhere and sent here.
   *
   * @param link a name that it has now
   * @param path the name that it is known by
   */
  public HeldFile hold(Path link, Path path) {
    return changing("open", path.toString(), () -> arrays.hold(link, path));
  }

  /** Removes the tables and arrays that a process of this session was writing when it ended. */
  public void discardDrafts(long pid) {
    for (StoreFolder folder : folders) {
      for (String tag : List.of(Drafts.TABLE, Drafts.ARRAY)) {
        folder.temporaries(sessionId(), tag, pid).forEach(Drafts::delete);
      }
    }
  }

  /** Files on their way, which have no name. */
  public Results results() {
    return results;
  }

  /** A folder with room for about that many bytes, for files of the caller's own. */
  public StoreFolder scratch(String what, long expectedBytes) {
    checkThere();
    return drafts.folderWithRoom(folders, what, expectedBytes);
  }

  /**
   * Maps the newest version of a table.
   *
   * @throws NoSuchTableException if there is none of that name
   */
  public MappedTable open(String name) {
    return changing("map", name, () -> versions.open(name));
  }

  /**
   * Maps the very version that another process, or this one, has mapped and sent.
   *
   * @throws NoSuchTableException if it was replaced or dropped, and its sender has let go of it
   */
  public MappedTable open(TableReference reference) {
    return changing("map", reference.name(), () -> versions.open(reference));
  }

  /** As {@link #open(TableReference)}, in a process that has no store open on that folder. */
  public static MappedTable openAlone(TableReference reference) {
    // Nothing is written with it, so that it does not matter which of the folders are fast.
    return join(List.of(new StoreFolder(reference.folder(), false)), "").open(reference);
  }

  /** What is needed to map the same version elsewhere. */
  public TableReference reference(MappedTable table) {
    return TableReference.to(table, membership.isOwner() ? sessionId() : "");
  }

  /** All tables and arrays now, by name. What is dropped meanwhile may be left out. */
  public List<Entry> list() {
    return new Listing(folders).entries();
  }

  /**
   * Removes a table or an array. Who has it mapped keeps it; the space is free when the last one
   * lets go.
   *
   * @return whether there was one
   */
  public boolean drop(String name) {
    return drop(name, null);
  }

  /** Removes that version of a table; if a newer one has its name, nothing. */
  public boolean drop(MappedTable table) {
    if (table.location().getFileName().toString().startsWith(".")) {
      return changing("drop", table.name(), () -> Files.deleteIfExists(table.location()));
    }
    return drop(table.name(), table.id());
  }

  private boolean drop(String name, @Nullable String id) {
    return names.find(name) != null
        && changing(
            "drop",
            name,
            () -> {
              drafts.checkOpen();
              try (var lock = drafts.lock(folders)) {
                return versions.drop(name, id);
              }
            });
  }

  /**
   * Makes a table or array outlive its session: nobody's, it stays until it is dropped. In memory
   * it does not survive a restart of the machine, see {@link #keepOnDisk}.
   *
   * @throws StoreException if there is neither of that name
   */
  public void keep(String name) {
    changing(
        "keep",
        name,
        () -> {
          try (var lock = drafts.lock(folders)) {
            Versions.keep(names.known(name));
            return name;
          }
        });
  }

  /**
   * As {@link #keep}, and moves the table or array to a disk if it lies in memory: as a new
   * version, which survives a restart of the machine when this returns.
   *
   * @throws NoSuchTableException if there is neither of that name
   * @throws StoreFullException if the disk has no room; all stays as it was
   * @throws StoreException if this store has no folder on a disk
   */
  public void keepOnDisk(String name) {
    changing(
        "keep",
        name,
        () -> {
          drafts.checkOpen();
          if (names.table(name) == null && names.find(name, StoreFolder.ARRAY_SUFFIX) != null) {
            new ArrayDiskCopy(folders, names, drafts).keep(name);
            return name;
          }
          try (var copy = new DiskCopy(folders, names, drafts, versions)) {
            copy.keep(name);
            return name;
          }
        });
  }

  /** Whether a table or array outlives its session; false if there is none. */
  public boolean isKept(String name) {
    Head head = names.find(name);
    return head != null
        && changing("look at", name, () -> Versions.owner(head).equals(Ownership.NOBODY));
  }

  private void checkThere() {
    drafts.checkOpen();
    membership.checkThere();
  }

  /** Ends the session, if this is its owner: its tables, arrays and files go. */
  @Override
  public void close() {
    membership.close();
  }

  /** Whether the session has ended. */
  public boolean isClosed() {
    return membership.hasEnded();
  }

  /** Says "no room" where that is what the operating system said. */
  public StoreException failure(String what, StoreFolder folder, long wanted, IOException e) {
    return Drafts.failure(what, folder, wanted, e);
  }

  /**
   * Checks that something of that name could be committed, so that nothing is computed in vain.
   *
   * @throws TableExistsException if the name is taken
   * @throws StoreException if it is no valid name
   */
  public void checkFree(String name) {
    names.checkFree(name);
  }

  private interface Step<T> {
    T run() throws IOException;
  }

  private <T> T changing(String verb, String name, Step<T> step) {
    try {
      return step.run();
    } catch (IOException e) {
      if (Drafts.isForWantOfRoom(e)) {
        throw new StoreFullException(
            "cannot %s '%s': there is no room for one more file, not even an empty one: %s"
                .formatted(verb, name, Drafts.free(folders)),
            e);
      }
      throw new StoreException("cannot %s '%s': %s".formatted(verb, name, e), e);
    }
  }
}
