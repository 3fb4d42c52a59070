package dev.trestle.namespace;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Locks with names, each held by one thread of one process at a time.
 *
 * <p>A lock is an OS lock on a file, so the death of its holder frees it. The JVM's threads are
 * kept apart before that, as file locks belong to the whole process. It is polled: see {@link
 * Guard}.
 */
public final class NamedLocks {
  private static final long LONGEST_PAUSE = 5_000_000; // 5 ms

  private final Path folder;
  private final Map<String, Slot> slots = new ConcurrentHashMap<>();

  NamedLocks(Path folder) {
    this.folder = folder;
  }

  /** One lock within this JVM. A semaphore: a notebook's cells run in threads of their own. */
  private static final class Slot {
    private final Semaphore free = new Semaphore(1);
    private volatile long holder; // a thread's id, or 0
  }

  /** A lock that is held, until it is closed by whichever thread. */
  public final class Held {
    private final Slot slot;
    private final FileChannel channel;
    private final Path path;
    private final @Nullable Object key;
    private boolean released;

    private Held(Slot slot, FileChannel channel, Path path) {
      this.slot = slot;
      this.channel = channel;
      this.path = path;
      this.key = OwnFiles.key(path);
    }

    /**
     * Frees the lock; once more does nothing.
     *
     * @throws NamespaceException if somebody has removed its file
     */
    public synchronized void release() {
      if (released) {
        return;
      }
      released = true;
      try {
        boolean isThere = key != null && key.equals(OwnFiles.key(path));
        channel.close();
        if (!isThere) {
          throw new NamespaceException(
              "the file of this lock in %s has been removed while it was held; another process may"
                      .formatted(folder)
                  + " have had the lock at the same time");
        }
      } catch (IOException e) {
        throw new NamespaceException("a lock in " + folder + " cannot be freed: " + e, e);
      } finally {
        slot.holder = 0;
        slot.free.release();
      }
    }
  }

  /**
   * Takes a lock.
   *
   * @return null if the time is over
   * @throws IllegalStateException if this thread holds it already
   * @throws CancellationException if this thread is interrupted meanwhile
   * @throws NamespaceException if it is no valid name
   */
  public @Nullable Held take(String name, Duration timeout) {
    Slot slot = slots.computeIfAbsent(Key.checkName(name), unknown -> new Slot());
    if (slot.holder == Thread.currentThread().threadId()) {
      throw new IllegalStateException(
          "this thread holds lock '" + name + "' already, and would wait for itself");
    }
    long most = timeout.compareTo(Duration.ofDays(1000)) > 0 ? Long.MAX_VALUE : timeout.toNanos();
    long start = System.nanoTime();
    try {
      if (!slot.free.tryAcquire(most, TimeUnit.NANOSECONDS)) {
        return null;
      }
    } catch (InterruptedException e) {
      throw interrupted(name);
    }
    Held held = null;
    try {
      held = lockFile(name, slot, start, most);
      return held;
    } catch (IOException e) {
      throw new NamespaceException("lock '" + name + "' cannot be taken: " + e, e);
    } finally {
      if (held == null) {
        slot.free.release();
      }
    }
  }

  private @Nullable Held lockFile(String name, Slot slot, long start, long most)
      throws IOException {
    Path path = folder.resolve(fileName(name));
    FileChannel channel = OwnFiles.open(path);
    Held held = null;
    try {
      var backoff = new Backoff(LONGEST_PAUSE);
      while (!isLocked(channel)) {
        long left = most - (System.nanoTime() - start);
        if (left <= 0) {
          return null;
        }
        backoff.pause(left);
        if (Thread.interrupted()) {
          throw interrupted(name);
        }
      }
      slot.holder = Thread.currentThread().threadId();
      held = new Held(slot, channel, path);
      return held;
    } finally {
      if (held == null) {
        channel.close();
      }
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // this JVM has loaded the library twice
    }
  }

  private static CancellationException interrupted(String name) {
    Thread.currentThread().interrupt();
    return new CancellationException("interrupted while waiting for lock '" + name + "'");
  }

  /** Names may have characters that file names may not. */
  private static String fileName(String name) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return "lock-" + HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
