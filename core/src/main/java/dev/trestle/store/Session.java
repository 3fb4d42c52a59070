package dev.trestle.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The life of one owner of tables: a folder with a locked file in it.
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
  private final Path folder;
  private final FileChannel lock;

  private Session(String id, Path folder, FileChannel lock) {
    this.id = id;
    this.folder = folder;
    this.lock = lock;
  }

  static Session begin(StoreFolder store) throws IOException {
    String id = OWN_PREFIX + Integer.toHexString(ThreadLocalRandom.current().nextInt());
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    // Locked before it has its name: nobody ever sees a session without its lock.
    Path hidden = Files.createDirectory(store.path().resolve("." + id + UNBORN_SUFFIX), ownerOnly);
    FileChannel lock =
        FileChannel.open(
            hidden.resolve(LOCK),
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            StoreFolder.OWNER_ONLY);
    try {
      Objects.requireNonNull(lock.tryLock(), "a new file cannot be locked by somebody else");
      Path folder = store.path().resolve(id + SUFFIX);
      Files.move(hidden, folder);
      return new Session(id, folder, lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      Folders.deleteTree(hidden);
      throw e;
    }
  }

  String id() {
    return id;
  }

  /** The session's own folder: sockets and logs; gone when the session ends. */
  Path folder() {
    return folder;
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
    Path folder = store.path().resolve(id + SUFFIX);
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    if (id.startsWith(OWN_PREFIX)) {
      return true;
    }
    try (var channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
        var lock = channel.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true; // another thread of this JVM asks just now; let it sweep
    } catch (IOException e) {
      return false; // no folder, no lock file: the session has ended
    }
  }

  /** Ends the session; the caller has removed its tables. */
  @Override
  public void close() throws IOException {
    Folders.deleteTree(folder);
    lock.close();
  }

  private static String ownPrefix() {
    ProcessHandle self = ProcessHandle.current();
    Optional<Instant> start = self.info().startInstant();
    return self.pid() + "-" + start.map(Instant::toEpochMilli).orElse(0L) + "-";
  }
}
