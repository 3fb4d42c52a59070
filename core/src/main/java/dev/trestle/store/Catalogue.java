package dev.trestle.store;

import dev.trestle.store.Names.Head;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
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
  private final String sessionId;
  private final @Nullable Session session;
  private final Names names;
  private final Drafts drafts;
  private final OpenFiles files;
  private final Versions versions;
  private final ArrayFiles arrays;
  private volatile boolean closed;

  private Catalogue(List<StoreFolder> folders, String sessionId, @Nullable Session session) {
    this.folders = List.copyOf(folders);
    this.sessionId = sessionId;
    this.session = session;
    this.names = new Names(this.folders);
    this.drafts = new Drafts(sessionId, this::isClosed);
    var pins = new Pins(session != null);
    this.files = new OpenFiles(sessionId, pins);
    this.versions = new Versions(this.folders, sessionId, names, drafts, files);
    this.arrays = new ArrayFiles(this.folders, sessionId, pins, names, drafts, versions);
  }

  /**
   * Opens the store and begins a session; sweeps what dead sessions left.
   *
   * @param folders where things may lie, best first; sockets and logs lie in the first
   */
  public static Catalogue open(List<StoreFolder> folders) {
    try {
      Session session = Session.begin(folders);
      return new Catalogue(folders, session.id(), session);
    } catch (IOException e) {
      throw new StoreException(
          "cannot begin a session in " + folders.getFirst().path() + ": " + e, e);
    }
  }

  /** Opens the store as a member of a session that another process owns: a worker does. */
  public static Catalogue join(List<StoreFolder> folders, String sessionId) {
    return new Catalogue(folders, sessionId, null);
  }

  /** The folders, best first. */
  public List<StoreFolder> folders() {
    return folders;
  }

  /** The session that what is committed here belongs to. */
  public String sessionId() {
    return sessionId;
  }

  /** A private folder that lives as long as the session, for sockets and logs. */
  public Path sessionFolder() {
    checkThere();
    if (session == null) {
      throw new IllegalStateException(
          "this JVM is a worker itself: start workers in the one that started it");
    }
    return session.folder();
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

  /**
   * Writes a table without a name, to be opened by path: a result on its way.
   *
   * @param tag what {@link #discard} takes
   * @return the file
   */
  public Path writePart(String tag, TableContent content) {
    String id = UUID.randomUUID().toString();
    var writer =
        new ArrowFileWriter(content, TableFile.properties(id, Lineage.first(id), Instant.now()));
    return writePartFile(tag, writer.estimatedSize(), writer::writeTo);
  }

  /** As {@link #writePart}, for a file of any kind. */
  public Path writePartFile(String tag, long bytes, FileWriter writer) {
    checkThere();
    StoreFolder folder = drafts.folderWithRoom(folders, "a result", bytes);
    return drafts.write(folder, tag, "a result", bytes, writer, false).path();
  }

  /**
   * Maps a part.
   *
   * @param name what the rows are called in messages
   * @throws StoreException if it is not there, or damaged
   */
  public static MappedTable openPart(String name, Path part) {
    try {
      return new MappedTable(name, List.of(TableFile.open(part)));
    } catch (IOException e) {
      throw new StoreException("cannot map '" + name + "': " + e, e);
    }
  }

  /** Removes all parts with a tag, whole or not, from whichever process of this session. */
  public void discard(String tag) {
    for (StoreFolder folder : folders) {
      String prefix = StoreFolder.temporaryPrefix(sessionId, tag);
      folder.temporaries().stream()
          .filter(path -> path.getFileName().toString().startsWith(prefix))
          .forEach(Drafts::delete);
    }
  }

  /** Removes the tables and arrays that a process of this session was writing when it ended. */
  public void discardDrafts(long pid) {
    for (StoreFolder folder : folders) {
      for (String tag : List.of(Drafts.TABLE, Drafts.ARRAY)) {
        folder.temporaries(sessionId, tag, pid).forEach(Drafts::delete);
      }
    }
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
    return TableReference.to(table, session == null ? "" : sessionId);
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

  /**
   * Before something is written: if somebody has removed a folder of the store, makes it anew.
   *
   * @throws StoreException if that cannot be done here
   */
  private void checkThere() {
    drafts.checkOpen();
    try {
      if (session != null) {
        session.renew();
      } else if (!sessionId.isEmpty() && !Session.isThere(folders.getFirst(), sessionId)) {
        throw new StoreException(
            "the store's folder %s, or the session %s in it, has been removed; start new workers"
                .formatted(folders.getFirst().path(), sessionId));
      }
    } catch (IOException e) {
      throw new StoreException("cannot use the store's folders any more: " + e, e);
    }
  }

  /** Ends the session, if this is its owner: its tables, arrays and files go. */
  @Override
  public synchronized void close() {
    if (session == null || closed) {
      return;
    }
    closed = true;
    boolean interrupted = Thread.interrupted(); // else the lock could not be taken
    try {
      session.close();
    } catch (IOException e) {
      throw new StoreException("cannot end the session " + sessionId + ": " + e, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Whether the session has ended. */
  public boolean isClosed() {
    return closed;
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
