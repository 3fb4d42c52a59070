package dev.trestle.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The tables of one user: commit, list, open, drop, sweep.
 *
 * <p>A table is written under a hidden name and gets its real name in one atomic step, under a file
 * lock that all committers of a store take: of two that share under one name at once, exactly one
 * succeeds. There is no state in which a reader sees half a table. Safe for use by several threads.
 */
public final class Catalogue implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("dev.trestle");

  /** With less room than this, whatever went wrong went wrong for want of room. */
  private static final long FULL = 1 << 16; // 64 KiB

  private final List<StoreFolder> folders;
  private final String sessionId;
  private final @Nullable Session session;
  private final AtomicLong temporaries = new AtomicLong();
  private volatile boolean closed;

  private Catalogue(List<StoreFolder> folders, String sessionId, @Nullable Session session) {
    this.folders = List.copyOf(folders);
    this.sessionId = sessionId;
    this.session = session;
  }

  /**
   * Opens the store and begins a session; sweeps what dead sessions left.
   *
   * @param folders where tables may lie, best first; sessions live in the first
   */
  public static Catalogue open(List<StoreFolder> folders) {
    try {
      new Sweeper(folders).sweep();
      Session session = begin(folders.getFirst());
      return new Catalogue(folders, session.id(), session);
    } catch (IOException e) {
      throw new StoreException(
          "cannot begin a session in " + folders.getFirst().path() + ": " + e, e);
    }
  }

  private static Session begin(StoreFolder folder) throws IOException {
    try {
      return beginAlone(folder);
    } catch (NoSuchFileException e) {
      // The last user of the folder removed it since it was opened.
      return beginAlone(StoreFolder.open(folder.path()));
    }
  }

  /**
   * Of sessions that begin at once, only the first finds what they have in common without users.
   */
  private static Session beginAlone(StoreFolder folder) throws IOException {
    try (var lock = CommitLock.take(folder)) {
      if (Session.all(folder).stream().noneMatch(s -> Session.isAlive(folder, Session.id(s)))) {
        Folders.deleteTree(folder.path().resolve(StoreFolder.COMMON));
      }
      return Session.begin(folder);
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

  /** The session that tables committed here belong to. */
  public String sessionId() {
    return sessionId;
  }

  /** A private folder that lives as long as the session, for sockets and logs. */
  public Path sessionFolder() {
    checkOpen();
    if (session == null) {
      throw new IllegalStateException(
          "this JVM is a worker itself: start workers in the one that started it");
    }
    return session.folder();
  }

  /** Where to make a folder for what lives as long as any session of this store does. */
  public Path commonFolder() {
    checkOpen();
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
    checkFree(name);
    Path temporary = write("table", name, content, true);
    try {
      // Mapped first: a table that cannot be does not get its name, and what has the name a moment
      // later may be somebody else's.
      TableFile file = TableFile.open(temporary);
      try (var lock = CommitLock.take(folders.getFirst())) {
        checkFree(name);
        Path target = temporary.resolveSibling(StoreFolder.fileName(name));
        return new MappedTable(name, List.of(file.moveTo(target)));
      }
    } catch (IOException e) {
      throw new StoreException("cannot commit table '" + name + "': " + e, e);
    } finally {
      deleteQuietly(temporary);
    }
  }

  /**
   * Writes a table without a name, to be opened by path: a result on its way.
   *
   * @param tag what {@link #discard} takes
   * @return the file
   */
  public Path writePart(String tag, TableContent content) {
    return write(tag, "a result", content, false);
  }

  /**
   * Maps a part.
   *
   * @param name what the rows are called in messages
   * @throws StoreException if it is not there, or damaged
   */
  public static MappedTable openPart(String name, Path part) {
    try {
      return openAt(name, part);
    } catch (IOException e) {
      throw new StoreException("cannot map '" + name + "': " + e, e);
    }
  }

  /**
   * Maps the table whose file lies at a path.
   *
   * @throws NoSuchFileException if it is not there
   */
  public static MappedTable openAt(String name, Path path) throws IOException {
    return new MappedTable(name, List.of(TableFile.open(path)));
  }

  /** Removes all parts with a tag, whole or not, from whichever process of this session. */
  public void discard(String tag) {
    for (StoreFolder folder : folders) {
      String prefix = StoreFolder.temporaryPrefix(sessionId, tag);
      folder.temporaries().stream()
          .filter(path -> path.getFileName().toString().startsWith(prefix))
          .forEach(Catalogue::deleteQuietly);
    }
  }

  /** Writes a file of another kind and gives it its name. */
  public Path commitFile(String name, String suffix, Bytes content) {
    checkFree(name);
    StoreFolder folder = folderWithRoom(name, content.size());
    Path temporary = folder.temporaryPath(sessionId, "file", temporaries.incrementAndGet());
    try (var channel =
        FileChannel.open(
            temporary,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      content.writeTo(channel, 0);
      Path target = temporary.resolveSibling(StoreFolder.checkName(name) + suffix);
      Files.move(temporary, target);
      return target;
    } catch (IOException e) {
      throw failure(name, folder, content.size(), e);
    } finally {
      deleteQuietly(temporary);
    }
  }

  /** The committed file of a name and kind. */
  public Path openFile(String name, String suffix) {
    return folders.stream()
        .map(folder -> folder.path().resolve(StoreFolder.checkName(name) + suffix))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new NoSuchTableException("there is no '%s'".formatted(name)));
  }

  /** A folder with room for about that many bytes, for files of the caller's own. */
  public StoreFolder scratch(String what, long expectedBytes) {
    return folderWithRoom(what, expectedBytes);
  }

  /**
   * Maps a table.
   *
   * @throws NoSuchTableException if there is none of that name
   */
  public MappedTable open(String name) {
    StoreFolder.checkName(name);
    for (StoreFolder folder : folders) {
      try {
        return openAt(name, folder.tablePath(name));
      } catch (NoSuchFileException e) {
        // perhaps in the next folder
      } catch (IOException e) {
        throw new StoreException("cannot map table '" + name + "': " + e, e);
      }
    }
    List<String> names = list().stream().map(Entry::name).toList();
    throw new NoSuchTableException(
        "there is no table '%s'; %s"
            .formatted(name, names.isEmpty() ? "the store is empty" : "there are: " + names));
  }

  /**
   * One table in the catalogue.
   *
   * @param file its {@link TableFile#header}: listing a table must not keep it in memory
   */
  public record Entry(String name, TableFile file, boolean inMemory, long ownerPid) {}

  /** All tables now, by name. Another process may drop one at any time; those are left out. */
  public List<Entry> list() {
    var entries = new ArrayList<Entry>();
    for (StoreFolder folder : folders) {
      for (Path path : folder.tables()) {
        try {
          TableFile file = TableFile.header(path);
          entries.add(
              new Entry(
                  StoreFolder.tableName(path),
                  file,
                  folder.inMemory(),
                  Session.pid(file.session())));
        } catch (IOException | StoreException e) {
          // dropped since, or not ours to understand: attaching it by name says what is wrong
        }
      }
    }
    entries.sort(Comparator.comparing(Entry::name));
    return entries;
  }

  /**
   * Removes a table. Who has it mapped keeps it; the space is free when the last one lets go.
   *
   * @return whether there was one
   */
  public boolean drop(String name) {
    boolean dropped = false;
    for (StoreFolder folder : folders) {
      try {
        dropped |= Files.deleteIfExists(folder.tablePath(name));
      } catch (IOException e) {
        throw new StoreException("cannot drop table '" + name + "': " + e, e);
      }
    }
    return dropped;
  }

  /** Ends the session, if this is its owner: its tables and files go. */
  @Override
  public void close() {
    if (session == null || closed) {
      return;
    }
    closed = true;
    try {
      new Sweeper(folders).removeFilesOf(id -> id.equals(sessionId));
      session.close();
    } catch (IOException e) {
      throw new StoreException("cannot end the session " + sessionId + ": " + e, e);
    }
    try (var lock = CommitLock.take(folders.getFirst())) {
      if (Session.all(folders.getFirst()).isEmpty()) {
        Folders.deleteTree(folders.getFirst().path().resolve(StoreFolder.COMMON));
        lock.remove();
      }
    } catch (IOException e) {
      // the folder is gone, or this thread is interrupted: the next session that ends removes it
    }
  }

  /** Whether the session has ended. */
  public boolean isClosed() {
    return closed;
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("this store is closed; open another one");
    }
  }

  private Path write(String tag, String what, TableContent content, boolean toStay) {
    var writer =
        new ArrowFileWriter(
            content, TableFile.properties(UUID.randomUUID().toString(), sessionId, Instant.now()));
    StoreFolder folder = folderWithRoom(what, writer.estimatedSize());
    Path temporary = folder.temporaryPath(sessionId, tag, temporaries.incrementAndGet());
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    boolean complete = false;
    try (var channel =
        FileChannel.open(
            temporary,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            ownerOnly)) {
      checkOpen(); // else close() has seen this file, and removes it
      writer.writeTo(channel);
      if (toStay && !folder.inMemory()) {
        channel.force(true);
      }
      complete = true;
      return temporary;
    } catch (IOException e) {
      throw failure(what, folder, writer.estimatedSize(), e);
    } finally {
      if (!complete) {
        deleteQuietly(temporary);
      }
    }
  }

  /** Says "no room" where that is what the operating system said. */
  public StoreException failure(String what, StoreFolder folder, long wanted, IOException e) {
    // The message of the operating system may be in any language.
    if (String.valueOf(e.getMessage()).contains("No space left on device")
        || folder.free() < FULL) {
      return new StoreFullException(
          "'%s' needs %,d bytes and %s became full while it was written; nothing was kept"
              .formatted(what, wanted, folder.path()),
          e);
    }
    return new StoreException("cannot write '" + what + "' to " + folder.path() + ": " + e, e);
  }

  private StoreFolder folderWithRoom(String what, long bytes) {
    checkOpen();
    var free = new StringBuilder();
    for (StoreFolder folder : folders) {
      long room = folder.free();
      if (room >= bytes) {
        if (!free.isEmpty()) {
          LOG.log(
              System.Logger.Level.WARNING,
              "''{0}'' needs {1} bytes: {2}. It is put in {3} instead",
              what,
              "%,d".formatted(bytes),
              free,
              folder.path());
        }
        return folder;
      }
      free.append(free.isEmpty() ? "" : ", ")
          .append("%s has %,d free".formatted(folder.path(), room));
    }
    throw new StoreFullException(
        "'%s' needs %,d bytes: %s. Drop tables, or name a folder with more room: -Dtrestle.store=..."
            .formatted(what, bytes, free));
  }

  /**
   * Checks that a table of that name could be committed, so that nothing is computed in vain.
   *
   * @throws TableExistsException if the name is taken
   * @throws StoreException if it is no valid name
   */
  public void checkFree(String name) {
    Optional<Path> taken =
        folders.stream().map(f -> f.tablePath(name)).filter(Files::exists).findFirst();
    if (taken.isPresent()) {
      throw new TableExistsException(
          "there is a table '%s' already (%s); drop it first, or choose another name"
              .formatted(name, taken.get()));
    }
  }

  private static void deleteQuietly(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // the next session's sweep removes it
    }
  }
}
