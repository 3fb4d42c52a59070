package dev.trestle;

import dev.trestle.column.ColumnEncoder;
import dev.trestle.ingest.CsvIngest;
import dev.trestle.ingest.CsvText;
import dev.trestle.ingest.IngestedColumns;
import dev.trestle.ingest.ParquetIngest;
import dev.trestle.ingest.QueryIngest;
import dev.trestle.memory.ProcessMemory;
import dev.trestle.namespace.OpenNamespace;
import dev.trestle.store.Catalogue;
import dev.trestle.store.ForeignArrow;
import dev.trestle.store.MappedTable;
import dev.trestle.store.MappingFault;
import dev.trestle.store.StoreException;
import dev.trestle.store.StoreFolder;
import dev.trestle.store.TableContent;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * Shared tables and the workers on them.
 *
 * <p>{@link Trestle} is the default store of this user; a store of its own folder keeps things
 * apart. Tables belong to the session that shared them: they go when the store is closed or its JVM
 * ends, and if that was killed, the next store opened on the folder removes them; except those that
 * are kept, see {@link #keep}. Safe for use by several threads.
 */
public final class Store extends ArrayStore implements AutoCloseable {
  /** Those of this JVM, where tables that are sent here find theirs. */
  private static final Set<Store> OPEN = ConcurrentHashMap.newKeySet();

  private final Catalogue catalogue;
  private final boolean isDefault;
  private final List<PooledWorkers> pools = new CopyOnWriteArrayList<>();
  private volatile boolean released;
  private final Object openingNamespace = new Object();
  private @Nullable OpenNamespace openNamespace;
  private @Nullable Namespace namespace;
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
    try {
      return commit(name, ColumnEncoder.content(table));
    } catch (InternalError e) {
      throw MappingFault.explain(e);
    }
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
    return attached(catalogue.replace(name, ColumnEncoder.content(table)));
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
   * @throws dev.trestle.store.StoreFullException if the folder where the table lies has no room;
   *     the table stays as it was
   */
  public SharedTable append(String name, Table rows) {
    return attached(catalogue.append(name, ColumnEncoder.content(rows)));
  }

  /**
   * Makes a table stay when this session, or the one that shared it, has ended: until it is
   * dropped.
   *
   * <p>What lies in memory, in {@code /dev/shm}, does not survive a restart of the machine: see
   * {@link #keepOnDisk}.
   *
   * @throws dev.trestle.store.NoSuchTableException if there is none of that name
   */
  public void keep(String name) {
    catalogue.keep(name);
  }

  /**
   * Makes a table stay as {@link #keep} does, and through a restart of the machine: it is copied to
   * the store's folder on disk, unless it lies there, and the copy becomes the table in one step,
   * as a new version. When this returns, it is on the disk. Whoever has the table attached keeps
   * the one in memory until they let go; attach it again to read the one on disk.
   *
   * @throws dev.trestle.store.NoSuchTableException if there is none of that name
   * @throws dev.trestle.store.StoreFullException if the disk has no room; the table stays as it was
   * @throws StoreException if this store has no folder on disk
   */
  public void keepOnDisk(String name) {
    catalogue.keepOnDisk(name);
  }

  /**
   * Reads a delimited file of any size into shared memory, in bounded heap and on every core.
   *
   * <p>Tablesaw's own options decide names, types and missing values.
   *
   * @throws dev.trestle.ingest.CsvFormatException if the file is missing, empty or not well formed
   * @throws dev.trestle.store.TableExistsException if the name is taken
   * @throws dev.trestle.store.StoreFullException if there is no room; nothing is kept
   */
  public SharedTable shareCsv(String name, CsvReadOptions options) {
    return shareText(name, CsvText.of(options));
  }

  /**
   * Reads delimited files of any size into one table in shared memory, in bounded heap and on every
   * core: the rows of the first file first.
   *
   * @throws dev.trestle.ingest.CsvFormatException if a file is missing, empty, damaged or not well
   *     formed, or has other columns than the first one; the message names file and line
   * @throws dev.trestle.store.TableExistsException if the name is taken
   * @throws dev.trestle.store.StoreFullException if there is no room; nothing is kept
   */
  public SharedTable shareCsv(String name, CsvFiles files) {
    return shareText(name, files.text());
  }

  /**
   * Reads the rows of a query after the cursor into shared memory, in bounded heap; the result set
   * stays open and is the caller's to close.
   *
   * <p>Any JDBC driver will do. Many hold all rows on the heap until told otherwise: {@code
   * statement.setFetchSize(10_000)}, for PostgreSQL with auto-commit off, for MySQL with {@code
   * useCursorFetch=true}.
   *
   * <p>Integers keep their width, unsigned ones get the next wider type, 64-bit unsigned ones
   * become doubles. Decimals without a fraction and up to 18 digits become integers, others
   * doubles: CAST to VARCHAR where every digit counts. Timestamps with a zone become instants,
   * those without one local date-times, both in milliseconds. A NULL is missing, and so are NaN and
   * the empty string, as in any Tablesaw column. Columns without a label are called C0, C1... by
   * their place, and a label that comes twice gets a number.
   *
   * @throws dev.trestle.ingest.QueryException if the database fails midway, or a column is of a
   *     type, or holds a value, that Tablesaw has no place for
   * @throws dev.trestle.store.TableExistsException if the name is taken
   * @throws dev.trestle.store.StoreFullException if there is no room; nothing is kept
   */
  public SharedTable shareQuery(String name, ResultSet rows) {
    return ingest(name, 0, spools -> QueryIngest.read(rows, spools));
  }

  /**
   * Reads Parquet files of the same columns into one table in shared memory, on every core: the
   * rows of the first file first. The heap holds a column chunk of one row group a thread.
   *
   * <p>Takes two jars that do not come with Trestle: {@code org.apache.parquet:parquet-hadoop} and
   * {@code org.apache.hadoop:hadoop-client-api}.
   *
   * <p>Integers keep their width, unsigned ones get the next wider type, 64-bit unsigned ones
   * become doubles. Decimals without a fraction and up to 18 digits become integers, others
   * doubles. Timestamps adjusted to UTC become instants, others local date-times, all in
   * milliseconds. A null is missing, and so are NaN and the empty string, as in any Tablesaw
   * column.
   *
   * @throws dev.trestle.ingest.ParquetException if a file is missing, damaged, or has a column that
   *     Tablesaw cannot hold (nested ones, bytes) or other columns than the first file; or if the
   *     two jars are missing
   * @throws dev.trestle.store.TableExistsException if the name is taken
   * @throws dev.trestle.store.StoreFullException if there is no room; nothing is kept
   */
  public SharedTable shareParquet(String name, Path... files) {
    return shareParquet(name, List.of(files));
  }

  /** As {@link #shareParquet(String, Path...)}. */
  public SharedTable shareParquet(String name, List<Path> files) {
    return ingest(
        name, ParquetIngest.expectedBytes(files), spools -> ParquetIngest.read(files, spools));
  }

  private SharedTable shareText(String name, CsvText text) {
    return ingest(name, text.expectedBytes(), spools -> CsvIngest.read(text, spools));
  }

  /** Reads something into columns in a folder with room for it. */
  private interface Ingest {
    IngestedColumns into(Path spoolFolder) throws IOException;
  }

  private SharedTable ingest(String name, long expectedBytes, Ingest source) {
    catalogue.checkFree(name);
    StoreFolder scratch = catalogue.scratch(name, expectedBytes);
    try (IngestedColumns columns = source.into(scratch.path())) {
      return commit(name, TableContent.of(columns.rows(), columns.columns()));
    } catch (IOException e) {
      throw catalogue.failure(name, scratch, expectedBytes, e);
    }
  }

  /**
   * Puts an Arrow IPC file (Feather version 2) of any origin into the catalogue under a name. Its
   * rows stay where they are: the file is mapped in place, and must not change while the table is
   * there.
   *
   * <p>Columns of types that Tablesaw does not have, and compressed ones, are converted once, into
   * the store; {@link SharedTable#conversions} tells which. What is missing in Tablesaw is missing
   * in a mapped column, too: the smallest short, int or long, NaN, and the empty string.
   *
   * @param columns the columns to take, in this order; none for all
   * @throws dev.trestle.store.TableExistsException if the name is taken
   * @throws dev.trestle.store.StoreFullException if there is no room for what is converted
   * @throws StoreException if it is no such file or a damaged one, or if a column is of a type that
   *     no Tablesaw column can hold
   */
  public SharedTable shareArrow(String name, Path file, String... columns) {
    catalogue.checkFree(name);
    try (ForeignArrow source = foreign(name, file, columns)) {
      return commit(name, source);
    }
  }

  /**
   * Maps an Arrow IPC file (Feather version 2) of any origin in place, as {@link #shareArrow} does,
   * without a name in the catalogue. The table is called as the file is, without its extension;
   * workers can use it. What had to be converted goes when it is dropped, or with the store.
   *
   * @param columns the columns to take, in this order; none for all
   * @throws dev.trestle.store.StoreFullException if there is no room for what is converted
   * @throws StoreException if it is no such file or a damaged one, or if a column is of a type that
   *     no Tablesaw column can hold
   */
  public SharedTable mapArrow(Path file, String... columns) {
    String name = String.valueOf(file.getFileName()).replaceFirst("(?<=.)\\.[^.]*$", "");
    try (ForeignArrow source = foreign(name, file, columns)) {
      return attached(Catalogue.openPart(name, catalogue.writePart("mapped", source)));
    }
  }

  private ForeignArrow foreign(String name, Path file, String... columns) {
    return ForeignArrow.open(file, List.of(columns), catalogue.scratch(name, 0).path());
  }

  /**
   * Attaches a table that this or another process has shared, without copying it.
   *
   * @throws dev.trestle.store.NoSuchTableException if there is none of that name
   */
  public SharedTable attach(String name) {
    return attached(catalogue.open(name));
  }

  /**
   * The tables there are now, by name. Looks at every process of this user for those that have one
   * mapped: a few ms.
   */
  public List<StoredTable> tables() {
    return new TableListing(catalogue).tables();
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
   * the first call.
   *
   * @throws dev.trestle.namespace.NamespaceException if it cannot be opened
   * @throws dev.trestle.store.StoreFullException if there is no room for it
   */
  public Namespace namespace() {
    synchronized (openingNamespace) {
      if (isClosed()) {
        throw new IllegalStateException("this store is closed; open another one");
      }
      Namespace known = namespace;
      if (known == null) {
        OpenNamespace opened = OpenNamespace.open(catalogue.commonFolder());
        openNamespace = opened;
        known = new Namespace(this, opened);
        namespace = known;
      }
      return known;
    }
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
    List<MemoryReport.ProcessLine> processes = new ArrayList<>();
    line("this JVM", ProcessHandle.current().pid(), processes);
    for (PooledWorkers pool : pools) {
      int number = 1;
      for (long pid : pool.isInProcess() ? List.<Long>of() : pool.pids()) {
        line("worker " + number++, pid, processes);
      }
      for (Served<?> served : pool.isInProcess() ? List.<Served<?>>of() : pool.served()) {
        line("owner of " + served.name(), served.pid(), processes);
      }
    }
    return new MemoryReading(catalogue).report(processes);
  }

  private static void line(String role, long pid, List<MemoryReport.ProcessLine> processes) {
    ProcessMemory.read(pid)
        .ifPresent(
            m -> processes.add(new MemoryReport.ProcessLine(role, pid, m.rss(), m.pss(), m.uss())));
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
      closeNamespace();
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

  private void closeNamespace() {
    synchronized (openingNamespace) {
      OpenNamespace opened = openNamespace;
      openNamespace = null;
      if (opened != null) {
        opened.close();
      }
    }
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

  SharedTable commit(String name, TableContent content) {
    return attached(catalogue.commit(name, content));
  }

  private SharedTable attached(MappedTable table) {
    return new SharedTable(catalogue, table);
  }
}
