package dev.trestle;

import dev.trestle.namespace.Entries;
import dev.trestle.namespace.Key;
import dev.trestle.namespace.NamedLocks;
import dev.trestle.namespace.NamespaceException;
import dev.trestle.namespace.OpenNamespace;
import dev.trestle.namespace.ValueCodec;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/**
 * Small named values, counters, locks and events that notebooks, workers and scripts on one store
 * share live.
 *
 * <pre>{@code
 * Namespace ns = Trestle.namespace();
 * ns.put("threshold", 0.05);                          // in a notebook
 * double t = ns.get("threshold", Double.class);       // in a task, or another notebook
 * ns.getAndAdd("rows done", 1000);
 * try (var lock = ns.lock("report.csv")) { ... }
 * ns.signal("loaded");
 * ns.await("loaded", Duration.ofSeconds(10));
 * }</pre>
 *
 * <p>A value is text, a number, a boolean, a byte array, a date or time, or a serializable record,
 * enum, list, set or map of such: at most 64 KiB as bytes, and all together at most 16 MiB. It is
 * copied in and out. A shared table is put as a reference, and got attached.
 *
 * <p>Each call is one step for all processes. What a call has returned from is there for the others
 * and stays, whichever process is killed; who waits for a process that is killed goes on at once.
 * The namespace lives as long as any session of the store. Its files can be used by this user only.
 * If somebody removes them, the next call in each process, or one within 10 ms, is a {@link
 * dev.trestle.namespace.NamespaceException} that says so; {@link Store#namespace} then begins with
 * an empty one. Safe for use by several threads; an interrupt does not break a call, except those
 * that wait.
 */
public final class Namespace {
  private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);
  private static final String HANDLES = SharedTable.class.getPackageName() + ".Shared";

  private final ValueCodec codec = new ValueCodec(Namespace::isHandle);
  private final Store store;
  private final Entries entries;
  private final NamedLocks locks;

  Namespace(Store store, OpenNamespace opened) {
    this.store = store;
    this.entries = opened.entries();
    this.locks = opened.locks();
  }

  /** A lock of {@link #lock}, held until it is closed. */
  public interface Lock extends AutoCloseable {
    /**
     * Frees the lock, from whichever thread; once more does nothing.
     *
     * @throws dev.trestle.namespace.NamespaceException if somebody has removed its file meanwhile,
     *     so that another process may have had the lock as well; it is free all the same
     */
    @Override
    void close();
  }

  /**
   * Sets a value.
   *
   * <p>A Tablesaw table is shared under the same name first, see {@link Store#share}, and the value
   * is the reference.
   *
   * @throws NamespaceException if the name is blank or longer than 200 characters, the value is too
   *     large or no value, or there is no room
   * @throws dev.trestle.store.TableExistsException if a table is put and its name is taken
   */
  public void put(String name, Object value) {
    Key key = Key.value(name);
    entries.put(key, encode(name, value));
  }

  /**
   * The value of a name; null if there is none.
   *
   * @throws dev.trestle.store.NoSuchTableException if it is a table that was dropped since
   * @throws NamespaceException if it has a class that this process does not know
   */
  public @Nullable Object get(String name) {
    return decode(name, entries.get(Key.value(name)));
  }

  /**
   * The value of a name; null if there is none.
   *
   * @throws NamespaceException if it is of another type
   */
  public <T> @Nullable T get(String name, Class<T> type) {
    Object value = get(name);
    if (value != null && !type.isInstance(value)) {
      throw new NamespaceException(
          "'%s' is a %s, not a %s".formatted(name, value.getClass().getName(), type.getName()));
    }
    return type.cast(value);
  }

  /**
   * Removes a value.
   *
   * @return whether there was one
   */
  public boolean remove(String name) {
    return entries.put(Key.value(name), null) != null;
  }

  /**
   * Sets a value if there is none.
   *
   * @return the value that there is, which was not replaced; null if this one was set
   */
  public @Nullable Object putIfAbsent(String name, Object value) {
    Key key = Key.value(name);
    byte[] encoded = null;
    while (true) {
      byte[] present = entries.get(key);
      if (present != null) {
        return decode(name, present);
      }
      encoded = encoded == null ? encode(name, value) : encoded;
      if (entries.compareAndSet(key, null, encoded)) {
        return null;
      }
    }
  }

  /**
   * Sets a value if the present one equals another.
   *
   * @return whether it did
   */
  public boolean replace(String name, Object old, Object value) {
    Key key = Key.value(name);
    byte[] encoded = encode(name, value);
    while (true) {
      byte[] present = entries.get(key);
      if (present == null || !Objects.deepEquals(decode(name, present), old)) {
        return false;
      }
      if (entries.compareAndSet(key, present, encoded)) {
        return true;
      }
    }
  }

  /**
   * Sets a value computed from the present one, as one step.
   *
   * @param function takes the present value, or null, and returns the new one, or null to remove
   *     it; may be called again if another process was faster, so it must have no effects
   * @return the new value
   */
  @SuppressWarnings("unchecked") // the function says which type it is for
  public <T> @Nullable T compute(String name, UnaryOperator<@Nullable T> function) {
    Key key = Key.value(name);
    while (true) {
      byte[] present = entries.get(key);
      T value = function.apply((T) decode(name, present));
      if (entries.compareAndSet(key, present, value == null ? null : encode(name, value))) {
        return value;
      }
    }
  }

  /** The names of all values and counters, in order. */
  public List<String> keys() {
    return entries.names(Key.Kind.VALUE);
  }

  /** How many values and counters there are. */
  public int size() {
    return keys().size();
  }

  /**
   * Adds to a counter, which begins with 0. To {@link #get} a counter is a {@code Long}.
   *
   * @return what it was before
   * @throws NamespaceException if the name has a value that is not a long
   */
  public long getAndAdd(String name, long delta) {
    return entries.add(Key.value(name), delta);
  }

  /**
   * Takes a lock, which one thread of one process has at a time; waits as long as it takes.
   *
   * <p>The operating system frees it when its holder dies. It may be closed by another thread than
   * the one that took it, and cannot be taken twice by one.
   *
   * @throws IllegalStateException if this thread holds it already
   * @throws java.util.concurrent.CancellationException if this thread is interrupted meanwhile
   */
  public Lock lock(String name) {
    return Objects.requireNonNull(tryLock(name, FOR_EVER));
  }

  /**
   * Takes a lock, as {@link #lock} does, if that is possible in time.
   *
   * @return null if it was not
   */
  public @Nullable Lock tryLock(String name, Duration timeout) {
    NamedLocks.Held held = locks.take(name, timeout);
    return held == null ? null : held::release;
  }

  /**
   * Signals an event: everybody who waits for it goes on.
   *
   * @return how often it has been signalled, with this time
   */
  public long signal(String name) {
    return entries.add(Key.event(name), 1) + 1;
  }

  /** How often an event has been signalled. */
  public long signals(String name) {
    Key key = Key.event(name);
    byte[] bytes = entries.get(key);
    return bytes == null ? 0 : ValueCodec.number(key, bytes);
  }

  /**
   * Waits until an event has been signalled; if it has been before, returns at once.
   *
   * @return whether it has; false if the time is over
   * @throws java.util.concurrent.CancellationException if this thread is interrupted meanwhile
   */
  public boolean await(String name, Duration timeout) {
    return await(name, 1, timeout);
  }

  /**
   * Waits until an event has been signalled a number of times in all. For the next signal wait for
   * one more than {@link #signals} said: one that comes in between is not missed.
   *
   * @return whether it has; false if the time is over
   * @throws java.util.concurrent.CancellationException if this thread is interrupted meanwhile
   */
  public boolean await(String name, long signals, Duration timeout) {
    Key key = Key.event(name);
    return entries.await(
        key, bytes -> bytes != null && ValueCodec.number(key, bytes) >= signals, timeout);
  }

  /**
   * Waits until a value is as wanted.
   *
   * @param wanted takes the value, or null if there is none; called when it may have changed
   * @return whether it is; false if the time is over
   * @throws java.util.concurrent.CancellationException if this thread is interrupted meanwhile
   */
  public boolean awaitValue(String name, Predicate<@Nullable Object> wanted, Duration timeout) {
    return entries.await(Key.value(name), bytes -> wanted.test(decode(name, bytes)), timeout);
  }

  /** How many entries there are, and where. */
  @Override
  public String toString() {
    return "Namespace: %,d entries".formatted(size());
  }

  /** What has a place of its own in shared memory is put as a reference. */
  private byte[] encode(String name, Object value) {
    return codec.encode(
        name,
        switch (value) {
          case Table table -> store.share(name, table);
          default -> value;
        });
  }

  private @Nullable Object decode(String name, byte @Nullable [] bytes) {
    return bytes == null ? null : codec.decode(name, bytes);
  }

  /** A {@code SharedTable} is written as a handle, which attaches it when it is read. */
  private static boolean isHandle(Class<?> type) {
    return type.getName().startsWith(HANDLES);
  }
}
