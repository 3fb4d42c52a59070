package dev.trestle;

import dev.trestle.column.ColumnEncoder;
import dev.trestle.ingest.CsvIngest;
import dev.trestle.ingest.IngestedColumns;
import dev.trestle.memory.MappedFiles;
import dev.trestle.memory.ProcessMemory;
import dev.trestle.store.Catalogue;
import dev.trestle.store.ForeignArrow;
import dev.trestle.store.MappingFault;
import dev.trestle.store.StoreException;
import dev.trestle.store.StoreFolder;
import dev.trestle.store.TableContent;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * Shared tables and the workers on them.
 *
 * <p>{@link Trestle} is the default store of this user; a store of its own folder keeps things
 * apart. Tables belong to the session that shared them: they go when the store is closed or its JVM
 * ends, and if that was killed, the next store opened on the folder removes them. Safe for use by
 * several threads.
 */
public final class Store implements AutoCloseable {
  private final Catalogue catalogue;
  private final boolean isDefault;
  private final List<PooledWorkers> pools = new CopyOnWriteArrayList<>();
  private volatile boolean released;
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
      } catch (RuntimeException e) {
        unhook();
        throw e;
      }
    }
  }

  /**
   * Opens a store in a folder of its own, which is made if it is not there.
   *
   * @throws StoreException if the folder is not this user's alone
   */
  public static Store open(Path folder) {
    return new Store(() -> Catalogue.open(List.of(StoreFolder.open(folder))), false);
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
   * @throws dev.trestle.store.TableExistsException if the name is taken
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
   * Reads a delimited file of any size into shared memory, in bounded heap and on every core.
   *
   * <p>Tablesaw's own options decide names, types and missing values.
   *
   * @throws dev.trestle.ingest.CsvFormatException if the file is missing, empty or not well formed
   * @throws dev.trestle.store.TableExistsException if the name is taken
   * @throws dev.trestle.store.StoreFullException if there is no room; nothing is kept
   */
  public SharedTable shareCsv(String name, CsvReadOptions options) {
    catalogue.checkFree(name);
    File source = options.source().file();
    long expected = source == null ? 0 : source.length();
    StoreFolder scratch = catalogue.scratch(name, expected);
    try (IngestedColumns columns = CsvIngest.read(options, scratch.path())) {
      return commit(name, TableContent.of(columns.rows(), columns.columns()));
    } catch (IOException e) {
      throw catalogue.failure(name, scratch, expected, e);
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
      return new SharedTable(Catalogue.openPart(name, catalogue.writePart("mapped", source)));
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
    return new SharedTable(catalogue.open(name));
  }

  /** The tables there are now, by name. */
  public List<StoredTable> tables() {
    return catalogue.list().stream()
        .map(entry ->
            new StoredTable(
                entry.name(),
                entry.file().rows(),
                entry.file().columns().size(),
                entry.file().size(),
                entry.file().path(),
                entry.inMemory(),
                entry.ownerPid(),
                entry.file().created()))
        .toList();
  }

  /**
   * Removes a table. Whoever has it attached keeps it; the space comes free when the last one lets
   * go.
   *
   * @return whether there was one
   */
  public boolean drop(String name) {
    return catalogue.drop(name);
  }

  /**
   * Starts n worker JVMs and returns when they are ready.
   *
   * @throws IllegalArgumentException if n is not at least 1
   * @throws dev.trestle.worker.WorkerLostException if they cannot be started
   * @throws java.util.concurrent.CancellationException if this thread is interrupted meanwhile
   */
  public Workers workers(int n) {
    var pool = new PooledWorkers(this, n);
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

  /** The memory of this JVM, its workers and the tables, now. */
  public MemoryReport memory() {
    List<MemoryReport.ProcessLine> processes = new ArrayList<>();
    line("this JVM", ProcessHandle.current().pid(), processes);
    for (PooledWorkers pool : pools) {
      int number = 1;
      for (long pid : pool.pids()) {
        line("worker " + number++, pid, processes);
      }
    }
    List<Catalogue.Entry> entries = catalogue.list();
    Set<Path> files = Set.copyOf(entries.stream().map(e -> e.file().path()).toList());
    Map<Path, List<Long>> mappedBy = new HashMap<>();
    for (MemoryReport.ProcessLine process : processes) {
      for (Path file : MappedFiles.mappedBy(process.pid(), files)) {
        mappedBy.computeIfAbsent(file, unknown -> new ArrayList<>()).add(process.pid());
      }
    }
    return new MemoryReport(
        processes,
        entries.stream()
            .map(e ->
                new MemoryReport.TableLine(
                    e.name(),
                    e.file().rows(),
                    e.file().columns().size(),
                    e.file().size(),
                    mappedBy.getOrDefault(e.file().path(), List.of())))
            .toList());
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
    opened.close();
    if (isDefault) {
      DefaultFolders.removeEmpty(opened.folders());
    }
  }

  boolean isClosed() {
    return catalogue.isClosed();
  }

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
    return new SharedTable(catalogue.commit(name, content));
  }
}
