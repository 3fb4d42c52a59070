package dev.trestle.store;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Held while anything gets, changes or loses its name: by one thread of one process of those that
 * share a store.
 */
final class CommitLock implements AutoCloseable {
  private static final String FILE = ".commit.lock";

  /** File locks belong to the whole JVM, so its threads need a lock of their own first. */
  private static final ReentrantLock THREADS = new ReentrantLock();

  private final List<FileChannel> channels = new ArrayList<>();

  /**
   * An interrupt would take the lock's file from under the change, and let a table be left that its
   * owner drops on his way out of an interrupted call. It waits until the change is made.
   */
  private boolean isInterrupted = Thread.interrupted();

  private CommitLock() {}

  /** Waits for the lock of all folders of a store. */
  static CommitLock take(List<StoreFolder> folders) throws IOException {
    return take(folders, () -> {});
  }

  /**
   * As {@link #take(List)}.
   *
   * @param check throws if the lock is not to be taken: looked at when no thread of this JVM holds
   *     it, and before its files are made, which would stay after the last session has ended
   */
  static CommitLock take(List<StoreFolder> folders, Runnable check) throws IOException {
    // All who share more than one of them take them in the same order.
    List<Path> paths =
        folders.stream()
            .filter(folder -> Session.isUsed(folder, folders))
            .map(CommitLock::file)
            .distinct()
            .sorted()
            .toList();
    THREADS.lock();
    var lock = new CommitLock();
    boolean taken = false;
    try {
      check.run();
      for (Path path : paths) {
        lock.channels.add(lock.locked(path));
      }
      taken = true;
      return lock;
    } finally {
      if (!taken) {
        lock.close();
      }
    }
  }

  private FileChannel locked(Path path) throws IOException {
    while (true) {
      Object before = fileKey(path);
      FileChannel channel =
          FileChannel.open(
              path,
              Set.of(
                  StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
              StoreFolder.OWNER_ONLY);
      boolean taken = false;
      try {
        channel.lock();
        // The last session to end removes the file, and a lock on the removed one keeps nobody
        // out. An inode's number is not given away as long as it is open.
        taken = before != null && before.equals(fileKey(path));
      } catch (ClosedByInterruptException | FileLockInterruptionException e) {
        isInterrupted |= Thread.interrupted();
      } finally {
        if (!taken) {
          channel.close();
        }
      }
      if (taken) {
        return channel;
      }
    }
  }

  /** Removes the file of a folder, so that a store that nobody uses leaves nothing behind. */
  static void remove(StoreFolder folder) throws IOException {
    Files.deleteIfExists(file(folder));
  }

  private static Path file(StoreFolder folder) {
    return folder.path().resolve(FILE);
  }

  @Override
  public void close() throws IOException {
    try {
      for (FileChannel channel : channels) {
        channel.close();
      }
    } finally {
      THREADS.unlock();
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static @Nullable Object fileKey(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
