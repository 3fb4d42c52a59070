package dev.trestle;

import dev.trestle.array.ElementType;
import dev.trestle.memory.TimelineRecorder;
import dev.trestle.store.MappingFault;
import dev.trestle.worker.StartCaches;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * The front door: one table, many JVMs.
 *
 * <pre>{@code
 * SharedTable genome = Trestle.shareCsv("genome", CsvReadOptions.builder("genome.tsv").separator('\t').build());
 * try (Workers workers = Trestle.workers(4)) {
 *   SharedTable result = workers.mapGroups(genome, "CHROM", part -> haplotypes(part));
 * }
 * Trestle.memory();
 * }</pre>
 *
 * <p>Works on the default {@link Store} of this user, which all of the user's processes share; it
 * is opened at the first call, and anew at the first one after it was closed.
 */
public final class Trestle {
  private static @Nullable Store store;
  private static volatile @Nullable ProgressDisplay progressDisplay;

  private Trestle() {}

  /** The default store; in a task, that of its workers. */
  public static Store store() {
    Store ofTask = TaskThread.store();
    return ofTask == null ? defaultStore() : ofTask;
  }

  private static synchronized Store defaultStore() {
    Store known = store;
    if (known == null || known.isClosed()) {
      known = Store.openDefault();
      store = known;
    }
    return known;
  }

  /** See {@link Store#share}. */
  public static SharedTable share(String name, Table table) {
    return store().share(name, table);
  }

  /** See {@link Store#replace}. */
  public static SharedTable replace(String name, Table table) {
    return store().replace(name, table);
  }

  /** See {@link Store#append}. */
  public static SharedTable append(String name, Table rows) {
    return store().append(name, rows);
  }

  /** See {@link Store#keep}. */
  public static void keep(String name) {
    store().keep(name);
  }

  /** See {@link Store#keepOnDisk}. */
  public static void keepOnDisk(String name) {
    store().keepOnDisk(name);
  }

  /** See {@link Store#shareCsv(String, CsvReadOptions)}. */
  public static SharedTable shareCsv(String name, CsvReadOptions options) {
    return store().shareCsv(name, options);
  }

  /** See {@link Store#shareArrow}. */
  public static SharedTable shareArrow(String name, Path file, String... columns) {
    return store().shareArrow(name, file, columns);
  }

  /** See {@link Store#mapArrow}. */
  public static SharedTable mapArrow(Path file, String... columns) {
    return store().mapArrow(file, columns);
  }

  /** See {@link Store#shareCsv(String, CsvFiles)}. */
  public static SharedTable shareCsv(String name, CsvFiles files) {
    return store().shareCsv(name, files);
  }

  /** See {@link Store#shareQuery}. */
  public static SharedTable shareQuery(String name, ResultSet rows) {
    return store().shareQuery(name, rows);
  }

  /** See {@link Store#shareParquet(String, Path...)}. */
  public static SharedTable shareParquet(String name, Path... files) {
    return store().shareParquet(name, files);
  }

  /** See {@link Store#shareParquet(String, Path...)}. */
  public static SharedTable shareParquet(String name, List<Path> files) {
    return store().shareParquet(name, files);
  }

  /** See {@link Store#attach}. */
  public static SharedTable attach(String name) {
    return store().attach(name);
  }

  /** See {@link Store#array(String, ElementType, long...)}. */
  public static SharedArray array(String name, ElementType type, long... shape) {
    return store().array(name, type, shape);
  }

  /** See {@link Store#array(String, Class, long...)}. */
  public static SharedArray array(String name, Class<?> type, long... shape) {
    return store().array(name, type, shape);
  }

  /** See {@link Store#arrayOf}. */
  public static SharedArray arrayOf(String name, Object values) {
    return store().arrayOf(name, values);
  }

  /** See {@link Store#replaceArray}. */
  public static SharedArray replaceArray(String name, ElementType type, long... shape) {
    return store().replaceArray(name, type, shape);
  }

  /** See {@link Store#replaceArrayOf}. */
  public static SharedArray replaceArrayOf(String name, Object values) {
    return store().replaceArrayOf(name, values);
  }

  /** See {@link Store#attachArray}. */
  public static SharedArray attachArray(String name) {
    return store().attachArray(name);
  }

  /** See {@link Store#attachArrayReadOnly}. */
  public static SharedArray attachArrayReadOnly(String name) {
    return store().attachArrayReadOnly(name);
  }

  /**
   * Maps a {@code .npy} file where it lies, to read it: nothing is copied, and no store is touched.
   *
   * @throws dev.trestle.array.NpyFormatException if it is no {@code .npy} file, is damaged, or
   *     holds what cannot be mapped; the message says what to do
   * @throws dev.trestle.store.NoSuchArrayException if it is not there
   */
  public static SharedArray openNpy(Path file) {
    return ArrayStore.openFile(file, false);
  }

  /**
   * As {@link #openNpy}, to read the file and to write to it in place.
   *
   * <p>Only for files whose blocks are all there, as those that {@code np.save} wrote: writing to a
   * hole of a sparse file, on a file system that is full, ends the JVM.
   */
  public static SharedArray openNpyForWriting(Path file) {
    return ArrayStore.openFile(file, true);
  }

  /** See {@link Store#arrays}. */
  public static List<StoredArray> arrays() {
    return store().arrays();
  }

  /** See {@link Store#tables}. */
  public static List<StoredTable> tables() {
    return store().tables();
  }

  /** See {@link Store#drop}. */
  public static boolean drop(String name) {
    return store().drop(name);
  }

  /** See {@link Store#namespace}. */
  public static Namespace namespace() {
    return store().namespace();
  }

  /** See {@link Store#workers(int)}. */
  public static Workers workers(int n) {
    return store().workers(n);
  }

  /** See {@link Store#workers(WorkerSettings)}. */
  public static Workers workers(WorkerSettings settings) {
    return store().workers(settings);
  }

  /**
   * Makes now what lets workers start in a third of the time, if it is missing: a cache of the
   * JVM's for this class path and this JDK, in the user's cache folder. Takes about 5 s once.
   * Without this call the first workers of a class path have it made in the background.
   *
   * @return whether it is there; it cannot be made while there are folders on the class path, or
   *     where the cache folder cannot be written
   * @throws InterruptedException if this thread is interrupted; the cache is made all the same
   */
  public static boolean prepareWorkers() throws InterruptedException {
    StartCaches caches = DefaultFolders.startCaches();
    return caches != null && caches.makeNow();
  }

  /** The workers of the default store that are open now. */
  public static List<Workers> openWorkers() {
    return store().openWorkers();
  }

  /**
   * Has every call of workers shown from now on, of any pool and store of this JVM, unless it has a
   * listener of its own ({@link Workers#progress}) or nobody waits for it ({@link Workers#submit}).
   *
   * @param display takes the place of an earlier one; null for none
   */
  public static void showProgress(@Nullable ProgressDisplay display) {
    progressDisplay = display;
  }

  static @Nullable ProgressDisplay progressDisplay() {
    return progressDisplay;
  }

  /** See {@link Store#memory}. */
  public static MemoryReport memory() {
    return store().memory();
  }

  /** See {@link Store#recordMemory}. */
  public static TimelineRecorder recordMemory(Duration interval) {
    return store().recordMemory(interval);
  }

  /**
   * What a failure is really about, for whoever shows it: reading mapped memory whose file somebody
   * has cut ends in an {@link InternalError} that names nothing.
   *
   * @return a {@link dev.trestle.store.DamagedTableException} that names the file, with the failure
   *     as its cause; the failure itself if it is about something else
   */
  public static Throwable explain(Throwable failure) {
    return MappingFault.explained(failure);
  }
}
