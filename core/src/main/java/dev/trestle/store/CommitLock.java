package dev.trestle.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
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

  private final Path path;
  private final FileChannel channel;

  private CommitLock(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Waits for the lock of the store that has its sessions in that folder. */
  static CommitLock take(StoreFolder folder) throws IOException {
    return take(folder, () -> {});
  }

  /**
   * As {@link #take(StoreFolder)}.
   *
   * @param check throws if the lock is not to be taken: looked at when no thread of this JVM holds
   *     it, and before its file is made, which would stay after the last session has ended
   */
  static CommitLock take(StoreFolder folder, Runnable check) throws IOException {
    Path path = folder.path().resolve(FILE);
    THREADS.lock();
    boolean taken = false;
    try {
      check.run();
      while (true) {
        Object before = fileKey(path);
        FileChannel channel =
            FileChannel.open(
                path,
                Set.of(
                    StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                StoreFolder.OWNER_ONLY);
        try {
          channel.lock();
          // The last session to end removes the file, and a lock on the removed one keeps nobody
          // out. An inode's number is not given away as long as it is open.
          taken = before != null && before.equals(fileKey(path));
        } finally {
          if (!taken) {
            channel.close();
          }
        }
        if (taken) {
          return new CommitLock(path, channel);
        }
      }
    } finally {
      if (!taken) {
        THREADS.unlock();
      }
    }
  }

  /** Removes the file, so that a store that nobody uses leaves nothing behind. */
  void remove() throws IOException {
    Files.deleteIfExists(path);
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      THREADS.unlock();
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
