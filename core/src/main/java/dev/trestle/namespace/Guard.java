package dev.trestle.namespace;

import dev.trestle.namespace.StatePage.Field;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets in one thread of one process at a time.
 *
 * <p>The operating system frees its file lock when the holder dies. The lock is polled, not waited
 * for: a waiting {@code FileChannel.lock} is closed by an interrupt, which would free the lock in
 * the middle of somebody's change, and fcntl(2) sees deadlocks where two threads of one process
 * merely wait for different files.
 */
final class Guard implements AutoCloseable {
  private static final String FILE = "guard";
  private static final long LONGEST_PAUSE = 500_000; // 0.5 ms
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

  /** A look takes 1.3 us, and a call 4. What was put just before the removal is lost anyway. */
  private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(10);

  /** What happens under the guard. */
  interface Section<R extends @Nullable Object> {
    R run() throws IOException;
  }

  /** File locks belong to the whole JVM, so its threads need a lock of their own first. */
  private final ReentrantLock threads = new ReentrantLock();

  private final Path folder;
  private final FileChannel channel;
  private final @Nullable Object key;
  private @Nullable StatePage state;
  private long looked = System.nanoTime() - 2 * LOOK;
  private volatile boolean isGone;

  private Guard(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
    this.key = OwnFiles.key(folder.resolve(FILE));
  }

  static Guard open(Path folder) throws IOException {
    return new Guard(folder, OwnFiles.open(folder.resolve(FILE)));
  }

  /** Whether a section has been refused as somebody has removed the namespace's files. */
  boolean isGone() {
    return isGone;
  }

  /**
   * Runs a section on files that are there. It may be begun again when this thread is interrupted
   * in it, before it has changed anything; the interrupt is kept for the caller.
   *
   * @throws NamespaceException if another process has had the guard for half a minute, or if
   *     somebody has removed the files: others may have made new ones by now, and would not see
   *     what is written to these
   */
  <R extends @Nullable Object> R within(Section<R> section) {
    return always(() -> {
      long now = System.nanoTime();
      if (now - looked > LOOK) {
        checkThere();
        looked = now;
      }
      return section.run();
    });
  }

  private void checkThere() {
    if (key == null || !key.equals(OwnFiles.key(folder.resolve(FILE)))) {
      isGone = true;
      throw gone();
    }
  }

  NamespaceException gone() {
    return new NamespaceException(
        "the namespace's folder %s, or what is in it, has been removed while it was open; its"
                .formatted(folder)
            + " entries are gone. Call namespace() again: that begins with an empty one");
  }

  /** Runs a section whether the files have a name or not. */
  <R extends @Nullable Object> R always(Section<R> section) {
    if (threads.isHeldByCurrentThread()) {
      throw new IllegalStateException("a section within a section");
    }
    threads.lock();
    boolean interrupted = Thread.interrupted();
    try (FileLock lock = acquire()) {
      while (true) {
        try {
          state().set(Field.HOLDER, ProcessHandle.current().pid());
          return section.run();
        } catch (ClosedByInterruptException e) {
          interrupted = true;
          Thread.interrupted();
        }
      }
    } catch (IOException e) {
      throw failure(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      threads.unlock();
    }
  }

  private RuntimeException failure(IOException e) {
    if (OwnFiles.isForWantOfRoom(folder, e)) {
      return OwnFiles.noRoom(folder, RedoLog.SMALLEST, e);
    }
    return new NamespaceException("the namespace in " + folder + " cannot be used: " + e, e);
  }

  private FileLock acquire() throws IOException {
    @Nullable FileLock lock = attempt();
    if (lock != null) {
      return lock;
    }
    var backoff = new Backoff(LONGEST_PAUSE);
    long end = System.nanoTime() + PATIENCE;
    while (true) {
      backoff.pause(LONGEST_PAUSE);
      lock = attempt();
      if (lock != null) {
        return lock;
      }
      if (System.nanoTime() > end) {
        StatePage known = state;
        long holder = known == null ? 0 : known.get(Field.HOLDER);
        throw new NamespaceException(
            "process %d has kept the namespace in %s for 30 s; if it is stopped (kill -STOP, a"
                    .formatted(holder, folder)
                + " debugger), let it run or end it");
      }
    }
  }

  private @Nullable FileLock attempt() throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // this JVM has loaded the library twice
    }
  }

  /** The page; called under the guard the first time. */
  StatePage state() throws IOException {
    StatePage known = state;
    if (known == null) {
      if (channel.size() < StatePage.SIZE) {
        // Written before it is mapped: on a full file system this fails, a store would crash.
        channel.write(ByteBuffer.allocate(StatePage.SIZE), 0);
      }
      known =
          new StatePage(
              channel.map(FileChannel.MapMode.READ_WRITE, 0, StatePage.SIZE, Arena.ofAuto()));
      state = known;
    }
    return known;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
