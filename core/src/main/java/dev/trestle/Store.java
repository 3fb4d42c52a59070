package dev.trestle;

import dev.trestle.column.ColumnEncoder;
import dev.trestle.memory.TimelineRecorder;
import dev.trestle.store.Catalogue;
import dev.trestle.store.MappingFault;
import dev.trestle.store.StoreException;
import dev.trestle.store.StoreFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/**
 * Shared tables and the workers on them.
 *
 * <p>{@link Trestle} is the default store of this user; a store of its own folder keeps things
 * apart. Tables belong to the session that shared them: they go when the store is closed or its JVM
 * ends, and if that was killed, the next store opened on the folder removes them; except those that
 * are kept, see {@link #keep}. Safe for use by several threads.
 */
public final class Store extends IngestingStore implements AutoCloseable {
  /** Those of this JVM, where tables that are sent here find theirs. */
  private static final Set<Store> OPEN = ConcurrentHashMap.newKeySet();

  private final Catalogue catalogue;
  private final boolean isDefault;
  private final List<PooledWorkers> pools = new CopyOnWriteArrayList<>();
  private volatile boolean released;
  private final LazyNamespace namespace = new LazyNamespace(this);
  private final Thread atExit = new Thread(this::release, "trestle-exit");

  /**
   * Hooked on to the JVM's end before the first file is there, and not released before it is open:
   * Ctrl-C may come at any moment.
   *
   * @throws IllegalStateException if the JVM is ending
   */
  private Store(Supplier<Catalogue> opening, boolean isDefault) {
    this.isDefault = isDefault;
    synchronized (atExit) {
      Runtime.getRuntime().addShutdownHook(atExit);
      try {
        catalogue = opening.get();
        OPEN.add(this);
      } catch (RuntimeException e) {
        unhook();
        throw e;
      }
    }
  }

  /**
   * Opens a store in a folder of its own, which is made if it is not there.
   *
   * @param more folders for what the first has no room for, best first; for {@link #keepOnDisk} one
   *     on a disk
   * @throws StoreException if a folder is not this user's alone
   */
  public static Store open(Path folder, Path... more) {
    return new Store(
        () ->
            Catalogue.open(
                Stream.concat(Stream.of(folder), Stream.of(more)).map(StoreFolder::open).toList()),
        false);
  }

  /** Opens the store that this user's processes share by default. */
  static Store openDefault() {
    String session = System.getProperty(DefaultFolders.SESSION_PROPERTY);
    return session == null
        ? new Store(() -> Catalogue.open(DefaultFolders.open()), true)
        : new Store(() -> Catalogue.join(DefaultFolders.open(), session), false);
  }

  /**
   * Copies a table into shared memory under a name.
   *
   * @throws dev.trestle.store.TableExistsException if the name is taken: see {@link #replace}
   * @throws dev.trestle.store.StoreFullException if there is no room; nothing is kept
   * @throws StoreException if the name or a column's type is not one for the store
   */
  public SharedTable share(String name, Table table) {
    return MappingFault.explaining(() -> commit(name, ColumnEncoder.content(table)));
  }

  /**
   * Copies a table into shared memory under a name that another one may have until then; that one
   * is replaced in one step. Whoever has it attached keeps it, also in tasks on workers, and its
   * space comes free when the last one lets go.
   *
   * <p>A table that was kept stays kept, and on disk if it was there; any other one belongs to this
   * session now, whoever shared it before. Of several that replace at once, each makes a version,
   * and the last one stays.
   *
   * @throws dev.trestle.store.TableExistsException if an array has the name
   * @throws dev.trestle.store.StoreFullException if there is no room; the table stays as it was
   */
  public SharedTable replace(String name, Table table) {
    return MappingFault.explaining(
        () -> attached(catalogue.replace(name, ColumnEncoder.content(table))));
  }

  /**
   * Adds rows to a table, as a new version of it: only they are written. Whoever has the table
   * attached keeps the version without them.
   *
   * <p>It stays whose it was, and kept if it was. Of several that append at once, none loses rows.
   * If the table is replaced meanwhile, the rows are added to the new one; if it is dropped, that
   * is an error. Each append makes one more file, which takes one more mapping in each reader;
   * after 16,383 of them, and sooner if tables are read in many processes, {@link #replace} makes
   * it one file.
   *
   * @param rows with the table's columns, in its order: the same names and types
   * @return the new version
   * @throws dev.trestle.store.NoSuchTableException if there is no table of that name
   * @throws dev.trestle.store.ColumnMismatchException if the columns differ; tells where
   * @throws dev.trestle.store.DamagedTableException if something has cut the table's file, or one
   *     that the rows are read from
   * @throws dev.trestle.store.StoreFullException if the folder where the table lies has no room;
   *     the table stays as it was
   */
  public SharedTable append(String name, Table rows) {
    return MappingFault.explaining(
        () -> attached(catalogue.append(name, ColumnEncoder.content(rows))));
  }

  /**
   * Makes a table or an array stay when this session, or the one that shared it, has ended: until
   * it is dropped.
   *
   * <p>What lies in memory, in {@code /dev/shm}, does not survive a restart of the machine: see
   * {@link #keepOnDisk}.
   *
   * @throws dev.trestle.store.NoSuchTableException if there is neither of that name
   */
  public void keep(String name) {
    catalogue.keep(name);
  }

  /**
   * Makes a table or an array stay as {@link #keep} does, and through a restart of the machine: it
   * is copied to the store's folder on disk, unless it lies there, and the copy becomes the table
   * in one step, as a new version. When this returns, it is on the disk. Whoever has it attached
   * keeps the one in memory until they let go; attach it again to use the one on disk. What is
   * written to an array meanwhile, or through the one in memory later, is not in the copy.
   *
   * @throws dev.trestle.store.NoSuchTableException if there is neither of that name
   * @throws dev.trestle.store.StoreFullException if the disk has no room; all stays as it was
   * @throws dev.trestle.store.DamagedTableException if something has cut its file
   * @throws StoreException if this store has no folder on disk
   */
  public void keepOnDisk(String name) {
    MappingFault.explaining(() -> {
      catalogue.keepOnDisk(name);
      return name;
    });
  }

  /**
   * Attaches a table that this or another process has shared, without copying it.
   *
   * @throws dev.trestle.store.NoSuchTableException if there is none of that name
   * @throws dev.trestle.store.DamagedTableException if it is mapped here already, and something has
   *     cut its file since
   * @throws StoreException if its file is damaged; says how
   */
  public SharedTable attach(String name) {
    return attached(catalogue.open(name));
  }

  /**
   * The tables there are now, by name, those among them whose files are damaged, see {@link
   * StoredTable#damage}. Looks at every process of this user for those that have one mapped: a few
   * ms.
   */
  public List<StoredTable> tables() {
    return StoredListing.ofTables(catalogue).tables();
  }

  /**
   * Removes a table or an array. Whoever has it attached keeps it; the space comes free when the
   * last one lets go.
   *
   * @return whether there was one
   */
  public boolean drop(String name) {
    return catalogue.drop(name);
  }

  /**
   * The named values, locks, counters and events that all processes of this store share; opened at
   * the first call, and anew once it has been said that somebody has removed its files.
   *
   * @throws dev.trestle.namespace.NamespaceException if it cannot be opened
   * @throws dev.trestle.store.StoreFullException if there is no room for it
   */
  public Namespace namespace() {
    return namespace.open();
  }

  /**
   * Starts n worker JVMs and returns when they are ready.
   *
   * @throws IllegalArgumentException if n is not at least 1
   * @throws dev.trestle.worker.WorkerLostException if they cannot be started
   * @throws java.util.concurrent.CancellationException if this thread is interrupted meanwhile
   */
  public Workers workers(int n) {
    return workers(WorkerSettings.of(n));
  }

  /** As {@link #workers(int)}, with settings. */
  public Workers workers(WorkerSettings settings) {
    return start(PooledWorkers.inProcesses(this, settings));
  }

  /** Starts workers that are threads of this JVM, see {@link Workers#inProcess(WorkerSettings)}. */
  public Workers workersInProcess(WorkerSettings settings) {
    return start(PooledWorkers.inProcess(this, settings));
  }

  private Workers start(PooledWorkers pool) {
    pools.add(pool); // before they start: a store that is closed meanwhile must know them
    if (released) {
      pool.close();
    }
    try {
      pool.start();
    } catch (RuntimeException e) {
      pools.remove(pool);
      throw e;
    }
    return pool;
  }

  /**
   * The memory of this JVM, its workers, the tables and the arrays, now. Looks at every process of
   * this user for what it has mapped: a few ms.
   */
  public MemoryReport memory() {
    return new MemoryReading(catalogue).report(pools);
  }

  /**
   * Records the memory of this JVM, its workers and other processes below it, the tables and the
   * arrays, until the recorder is closed or this thread ends.
   *
   * @param interval between two readings; longer if readings take long
   * @throws UnsupportedOperationException on a system without {@code /proc}
   */
  public TimelineRecorder recordMemory(Duration interval) {
    return new RecordedProcesses(this).record(interval);
  }

  /** Ends the workers and the session: its tables go. What is attached stays readable. */
  @Override
  public void close() {
    if (unhook()) {
      release();
    }
  }

  /** Returns false if the JVM is ending: the hook does it. */
  private boolean unhook() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private void release() {
    synchronized (atExit) { // an opening that is under way comes to its end first
      released = true;
    }
    Catalogue opened = catalogue;
    if (opened == null) {
      return; // it could not be opened
    }
    pools.forEach(PooledWorkers::close);
    try {
      namespace.close();
    } finally {
      OPEN.remove(this);
      opened.close();
    }
    if (isDefault) {
      DefaultFolders.removeEmpty(opened.folders());
    }
  }

  /** The catalogue that a folder belongs to, if a store is open on it in this JVM. */
  static @Nullable Catalogue catalogueOf(Path folder) {
    if (System.getProperty(DefaultFolders.SESSION_PROPERTY) != null) {
      Trestle.store(); // a worker's, which costs nothing to open
    }
    return OPEN.stream()
        .map(Store::catalogue)
        .filter(c -> c.folders().stream().anyMatch(f -> f.path().equals(folder)))
        .findFirst()
        .orElse(null);
  }

  /** What a worker on this store has to be told. */
  Map<String, String> workerProperties() {
    return Map.of(
        DefaultFolders.FOLDERS_PROPERTY, DefaultFolders.property(catalogue.folders()),
        DefaultFolders.SESSION_PROPERTY, catalogue.sessionId());
  }

  boolean isClosed() {
    return catalogue.isClosed();
  }

  @Override
  Catalogue catalogue() {
    return catalogue;
  }

  List<Workers> openWorkers() {
    return List.copyOf(pools);
  }

  void forget(PooledWorkers closed) {
    pools.remove(closed);
  }
}
