package dev.trestle.namespace;

import dev.trestle.namespace.StatePage.Field;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a namespace: encoded values by key, the same for all processes.
 *
 * <p>Each call is one step that no other process sees half of. A value that is given away or taken
 * must not be changed afterwards. Safe for use by several threads.
 */
public final class Entries {
  /** What all entries together may take: they lie in memory several times over. */
  static final long MOST_BYTES = 16L << 20; // 16 MiB

  static final long MOST_ENTRIES = 65_536;

  private static final long LONGEST_PAUSE = 5_000_000; // 5 ms
  private static final long RECHECK = TimeUnit.MILLISECONDS.toNanos(250);

  private final Path folder;
  private final Guard guard;
  private final StatePage state;
  private @Nullable RedoLog log;
  private Index index;
  private volatile boolean closed;

  private Entries(Path folder, Guard guard, StatePage state, Index index) {
    this.folder = folder;
    this.guard = guard;
    this.state = state;
    this.index = index;
  }

  static Entries open(Path folder) throws IOException {
    boolean withChronicle = ChronicleFlags.arePresent() && warmedUp(folder);
    Guard guard = Guard.open(folder);
    try {
      return guard.within(() -> {
        StatePage state = guard.state();
        if (!state.isMade()) {
          RedoLog.begin(folder, state.nextNumber(), Map.of()).close();
          state.set(Field.LOG, state.get(Field.LAST_NUMBER));
          state.made();
        }
        return new Entries(
            folder,
            guard,
            state,
            withChronicle ? ChronicleIndex.open(folder, state) : new PrivateIndex());
      });
    } catch (RuntimeException e) {
      guard.close();
      throw e;
    }
  }

  /** Whether Chronicle works here; where there is no room for it, the namespace does without. */
  private static boolean warmedUp(Path folder) {
    try {
      ChronicleFile.warmUp(folder);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** What an entry has; null if there is none. */
  public byte @Nullable [] get(Key key) {
    return step(() -> find(key));
  }

  /**
   * Sets what an entry has; null removes it.
   *
   * @return what it had before
   * @throws NamespaceException if the namespace is full
   */
  public byte @Nullable [] put(Key key, byte @Nullable [] value) {
    return step(() -> {
      byte[] previous = find(key);
      commit(key, previous, value);
      return previous;
    });
  }

  /**
   * Sets what an entry has if it has what is expected; null stands for no entry.
   *
   * @return whether it had
   * @throws NamespaceException if the namespace is full
   */
  public boolean compareAndSet(Key key, byte @Nullable [] expected, byte @Nullable [] value) {
    return step(() -> {
      byte[] previous = find(key);
      if (!Arrays.equals(previous, expected)) {
        return false;
      }
      commit(key, previous, value);
      return true;
    });
  }

  /**
   * Adds to a number, which begins with 0.
   *
   * @return what it was before
   * @throws NamespaceException if the entry is something else
   */
  public long add(Key key, long delta) {
    return step(() -> {
      byte[] previous = find(key);
      long before = previous == null ? 0 : ValueCodec.decodeLong(key.name(), previous);
      commit(key, previous, ValueCodec.encode(before + delta));
      return before;
    });
  }

  /** The names of all entries of a kind, in order. */
  public List<String> names(Key.Kind kind) {
    return step(() -> withIndex(found -> found.names(kind)));
  }

  /**
   * Waits until an entry is as wanted.
   *
   * <p>Looks at a number in shared memory at growing intervals of up to 5 ms, and at the entry when
   * that number has changed.
   *
   * @return whether it is; false if the time is over
   * @throws CancellationException if this thread is interrupted meanwhile
   */
  public boolean await(Key key, Predicate<byte @Nullable []> wanted, Duration timeout) {
    long start = System.nanoTime();
    long most = timeout.compareTo(Duration.ofDays(1000)) > 0 ? Long.MAX_VALUE : timeout.toNanos();
    var backoff = new Backoff(LONGEST_PAUSE);
    while (true) {
      long bell = state.bellCount(key);
      if (wanted.test(get(key))) {
        return true;
      }
      // A process that dies between its change and the bell has made the change all the same.
      long looked = System.nanoTime();
      while (state.bellCount(key) == bell && System.nanoTime() - looked < RECHECK) {
        long left = most - (System.nanoTime() - start);
        if (left <= 0) {
          return false;
        }
        backoff.pause(left);
        if (Thread.currentThread().isInterrupted()) {
          throw new CancellationException("interrupted while waiting for '" + key.name() + "'");
        }
      }
    }
  }

  /** Runs a section on entries that are up to date. */
  private <R extends @Nullable Object> R step(Guard.Section<R> section) {
    checkOpen();
    return guard.within(() -> {
      checkOpen();
      try {
        openLog();
        if (state.get(Field.BUSY) != 0) {
          recover();
        }
        return section.run();
      } catch (InternalError e) {
        // What the JVM makes of a fault in a mapping: the file was cut off under it.
        throw new NamespaceException("the namespace's files in " + folder + " are damaged", e);
      }
    });
  }

  private void checkOpen() {
    if (areGone()) {
      throw guard.gone();
    }
    if (closed) {
      throw new IllegalStateException("the store of this namespace is closed; open another one");
    }
  }

  private RedoLog openLog() throws IOException {
    RedoLog known = log;
    long number = state.get(Field.LOG);
    if (known == null || known.number() != number) {
      if (known != null) {
        known.close();
        log = null;
      }
      known = RedoLog.open(folder, number);
      log = known;
    }
    return known;
  }

  /**
   * A process died in the middle of a change or inside the map. What it committed is in the log.
   */
  private void recover() throws IOException {
    RedoLog current = openLog();
    current.count(current.image());
    state.set(Field.MAP, 0);
    state.set(Field.BUSY, 0);
  }

  private byte @Nullable [] find(Key key) throws IOException {
    return withIndex(found -> found.get(key));
  }

  /** An index that fails is built again; if it fails once more, this process has its own. */
  private <R extends @Nullable Object> R withIndex(Function<Index, R> use) throws IOException {
    for (int attempt = 0; ; attempt++) {
      try {
        index.bringUpToDate(openLog());
        return use.apply(index);
      } catch (IndexFailure e) {
        state.set(Field.MAP, 0);
        if (attempt > 0) {
          useOwnIndex();
        }
      } catch (ClosedByInterruptException e) {
        throw e; // the guard begins again
      } catch (IOException e) {
        if (index instanceof PrivateIndex) {
          throw e;
        }
        useOwnIndex(); // no room for the map
      }
    }
  }

  private void useOwnIndex() throws IOException {
    index.close();
    index = new PrivateIndex();
  }

  private void commit(Key key, byte @Nullable [] previous, byte @Nullable [] value)
      throws IOException {
    if (previous == null && value == null) {
      return;
    }
    byte[] encodedKey = key.encoded();
    long bytes =
        (value == null ? 0 : RedoLog.recordSize(encodedKey, value.length))
            - (previous == null ? 0 : RedoLog.recordSize(encodedKey, previous.length));
    long entries = (value == null ? 0L : 1L) - (previous == null ? 0L : 1L);
    RedoLog current = openLog();
    checkRoom(current, key, bytes, entries);
    var change = new Change(key, value);
    if (!current.hasRoomFor(change)) {
      current = turnOver(current);
    }
    state.set(Field.BUSY, 1);
    current.commit(change, bytes, entries);
    state.ring(key);
    try {
      index.apply(change, current);
    } catch (IndexFailure e) {
      state.set(Field.MAP, 0); // full, or damaged: the next step builds a new one from the log
    }
    state.set(Field.BUSY, 0);
  }

  private static void checkRoom(RedoLog log, Key key, long bytes, long entries) {
    if ((bytes > 0 && log.liveBytes() + bytes > MOST_BYTES)
        || (entries > 0 && log.entries() + entries > MOST_ENTRIES)) {
      throw new NamespaceException(
          ("no room for '%s': the namespace has %,d entries of %,d bytes together, and may have %,d"
                  + " of %,d. Remove some, or share tables instead")
              .formatted(key.name(), log.entries(), log.liveBytes(), MOST_ENTRIES, MOST_BYTES));
    }
  }

  /** Begins a new log with what is there now. */
  private RedoLog turnOver(RedoLog full) throws IOException {
    long number = state.nextNumber();
    RedoLog fresh = RedoLog.begin(folder, number, full.image());
    if (full.applied() == full.end()) {
      fresh.applied(fresh.end());
    } else {
      state.set(Field.MAP, 0);
    }
    state.set(Field.LOG, number);
    log = fresh;
    full.close();
    removeOtherLogs(number);
    return fresh;
  }

  private void removeOtherLogs(long number) throws IOException {
    try (DirectoryStream<Path> logs = Files.newDirectoryStream(folder, "log-*")) {
      for (Path path : logs) {
        if (!path.equals(RedoLog.path(folder, number))) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  /** Whether a call has said that somebody has removed the namespace's files. */
  boolean areGone() {
    return guard.isGone();
  }

  void close() throws IOException {
    guard.always(() -> {
      closed = true;
      index.close();
      RedoLog known = log;
      if (known != null) {
        known.close();
        log = null;
      }
      return true;
    });
    guard.close();
  }
}
