package dev.trestle.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The life of one owner of tables: a folder with a locked file in it, in each of a store's folders.
 *
 * <p>The operating system drops the lock when the process dies, however it dies; the next session
 * then sweeps what this one left. The id is {@code PID-START-RANDOM}, so that a session of this
 * very process is known without touching its lock file: POSIX drops all of a process's locks on a
 * file when the process closes any descriptor of it, see fcntl(2).
 */
final class Session implements AutoCloseable {
  private static final String SUFFIX = ".session";
  private static final String UNBORN_SUFFIX = ".new";
  private static final String LOCK = "lock";
  private static final String OWN_PREFIX = ownPrefix();

  private final String id;
  private final List<StoreFolder> stores;

  /** Where this session is, and the locks that say that it lives. */
  private final Map<Path, FileChannel> locks = new LinkedHashMap<>();

  private boolean ended;

  private Session(String id, List<StoreFolder> stores) {
    this.id = id;
    this.stores = List.copyOf(stores);
  }

  /** Begins a session, in each of a store's folders; sweeps what dead ones left. */
  static Session begin(List<StoreFolder> stores) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        try (var lock = CommitLock.take(stores)) {
          new Sweeper(stores).sweep();
          for (StoreFolder store : stores) {
            removeCommonIfUnused(store);
          }
          return entered(stores);
        }
      } catch (NoSuchFileException e) {
        // The last user of a folder removed it since it was opened.
        if (attempt == 5) {
          throw e;
        }
        stores.forEach(store -> StoreFolder.open(store.path()));
      }
    }
  }

  private static Session entered(List<StoreFolder> stores) throws IOException {
    String id = OWN_PREFIX + Integer.toHexString(ThreadLocalRandom.current().nextInt());
    var session = new Session(id, stores);
    boolean entered = false;
    try {
      session.enter();
      entered = true;
      return session;
    } finally {
      if (!entered) {
        session.leave();
      }
    }
  }

  /**
   * Of sessions that begin at once, only the first finds what they have in common without users.
   *
   * @return whether there are none
   */
  private static boolean removeCommonIfUnused(StoreFolder store) throws IOException {
    boolean unused = all(store).isEmpty();
    if (unused) {
      Folders.deleteTree(store.path().resolve(StoreFolder.COMMON));
    }
    return unused;
  }

  /** Makes those of the store's and the session's folders anew that somebody has removed. */
  synchronized void renew() throws IOException {
    if (ended || stores.stream().allMatch(store -> isThere(store, id) || !isUsed(store, stores))) {
      return;
    }
    for (StoreFolder store : stores) {
      if (Files.notExists(store.path())) {
        StoreFolder.open(store.path());
        Warning.log(
            "something has removed the store folder {0}; the tables in it are gone, and can be read"
                + " where they are attached",
            store.path());
      }
    }
    enter();
  }

  /**
   * Makes the session's folders, as another store may have only some of these folders. What is
   * there stays as it is.
   */
  private void enter() throws IOException {
    for (StoreFolder store : stores) {
      if (!isThere(store, id) && isUsed(store, stores)) {
        FileChannel former = locks.put(folder(store, id), makeLocked(store));
        if (former != null) {
          former.close(); // of a folder that somebody has removed
        }
      }
    }
  }

  private static Path folder(StoreFolder store, String id) {
    return store.path().resolve(id + SUFFIX);
  }

  /** Whether a session has its folder there. */
  static boolean isThere(StoreFolder store, String id) {
    return Files.isDirectory(folder(store, id), LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether something may be written to one of a store's folders; to the first one always. */
  static boolean isUsed(StoreFolder folder, List<StoreFolder> all) {
    return folder.equals(all.getFirst()) || Files.isWritable(folder.path());
  }

  private FileChannel makeLocked(StoreFolder store) throws IOException {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    // Locked before it has its name: nobody ever sees a session without its lock.
    Path hidden = Files.createDirectory(store.path().resolve("." + id + UNBORN_SUFFIX), ownerOnly);
    FileChannel lock = null;
    boolean made = false;
    try {
      lock =
          FileChannel.open(
              hidden.resolve(LOCK),
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              StoreFolder.OWNER_ONLY);
      Objects.requireNonNull(lock.tryLock(), "a new file cannot be locked by somebody else");
      Files.move(hidden, folder(store, id));
      made = true;
      return lock;
    } finally {
      if (!made) {
        if (lock != null) {
          lock.close();
        }
        Folders.deleteTree(hidden);
      }
    }
  }

  String id() {
    return id;
  }

  /** The session's own folder: sockets and logs; gone when the session ends. */
  Path folder() {
    return folder(stores.getFirst(), id);
  }

  /** The process that a session belongs to. */
  static long pid(String id) {
    int dash = id.indexOf('-');
    try {
      return dash < 0 ? 0 : Long.parseLong(id, 0, dash, 10);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  static List<Path> all(StoreFolder store) {
    return store.list("*" + SUFFIX);
  }

  /** Folders of processes that died before their session began. */
  static List<Path> unborn(StoreFolder store) {
    return store.list(".*" + UNBORN_SUFFIX).stream()
        .filter(path -> ProcessHandle.of(pid(path.getFileName().toString().substring(1))).isEmpty())
        .toList();
  }

  static String id(Path folder) {
    String name = folder.getFileName().toString();
    return name.substring(0, name.length() - SUFFIX.length());
  }

  /** Whether the session's owner lives. */
  static boolean isAlive(StoreFolder store, String id) {
    if (!isThere(store, id)) {
      return false;
    }
    if (id.startsWith(OWN_PREFIX)) {
      return true;
    }
    try (var channel = FileChannel.open(folder(store, id).resolve(LOCK), StandardOpenOption.WRITE);
        var lock = channel.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true; // another thread of this JVM asks just now; let it sweep
    } catch (IOException e) {
      return false; // no folder, no lock file: the session has ended
    }
  }

  /** Ends the session: its tables, arrays and files go. */
  @Override
  public void close() throws IOException {
    // Without those that somebody has removed.
    List<StoreFolder> there = stores.stream().filter(s -> Files.isDirectory(s.path())).toList();
    if (there.isEmpty()) {
      leave();
      return;
    }
    try (var lock = CommitLock.take(there)) {
      new Sweeper(there).removeFilesOf(id);
      leave();
      for (StoreFolder store : there) {
        if (removeCommonIfUnused(store)) {
          CommitLock.remove(store);
        }
      }
    } catch (NoSuchFileException e) {
      leave(); // a whole folder is gone
    }
  }

  private synchronized void leave() throws IOException {
    ended = true;
    for (var place : locks.entrySet()) {
      Folders.deleteTree(place.getKey());
      place.getValue().close();
    }
    locks.clear();
  }

  private static String ownPrefix() {
    ProcessHandle self = ProcessHandle.current();
    Optional<Instant> start = self.info().startInstant();
    return self.pid() + "-" + start.map(Instant::toEpochMilli).orElse(0L) + "-";
  }
}
