package dev.trestle;

import dev.trestle.closure.StandIns;
import dev.trestle.column.ColumnEncoder;
import dev.trestle.column.MappedColumns;
import dev.trestle.store.Bytes;
import dev.trestle.store.Catalogue;
import dev.trestle.store.MappedTable;
import dev.trestle.store.Results;
import dev.trestle.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/**
 * The large tables, columns, arrays and collections that tasks of one pool have used: in the store,
 * each once.
 *
 * <p>The same object in a later call is compared with what is there, and written again only if it
 * has changed. A file goes when its object is gone or has changed and no call uses the file any
 * more, and at the latest with the pool. Safe for use by several threads.
 */
final class PoolParcels implements AutoCloseable {
  /** What is kept; smaller things are sent with each call. */
  static final long LARGE = 1 << 20; // 1 MiB

  private static final int CELL = 8; // bytes, about

  private static final AtomicLong POOLS = new AtomicLong();

  private final Catalogue catalogue;
  private final String tag = "pool" + POOLS.incrementAndGet();
  private final List<Kept> all = new ArrayList<>(); // guarded by this

  PoolParcels(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** A file and what is in it. */
  static final class Kept {
    private final List<WeakReference<Object>> originals;
    private final Path path;
    private final Object copy;
    private final List<StandIns.ForArray> standIns;
    private int users; // guarded by the parcels
    private boolean isOld; // guarded by the parcels

    /**
     * @param copy the content, mapped
     * @param standIns of the originals, if these are arrays and collections
     */
    private Kept(List<Object> originals, Path path, Object copy, List<StandIns.ForArray> standIns) {
      this.originals = originals.stream().map(WeakReference::new).toList();
      this.path = path;
      this.copy = copy;
      this.standIns = standIns;
    }

    /** What travels in place of each of the objects. */
    List<StandIns.ForArray> standIns() {
      return standIns;
    }

    Path path() {
      return path;
    }

    private boolean isGone() {
      return originals.stream().anyMatch(each -> each.get() == null);
    }

    @SuppressWarnings("ReferenceEquality") // of equal objects one may change
    private boolean isOf(List<Object> objects) {
      if (objects.size() != originals.size()) {
        return false;
      }
      for (int i = 0; i < objects.size(); i++) {
        if (originals.get(i).get() != objects.get(i)) {
          return false;
        }
      }
      return true;
    }
  }

  static boolean isLarge(Table table) {
    return (long) table.rowCount() * table.columnCount() * CELL >= LARGE;
  }

  /**
   * A file with objects that {@link ParcelContent} knows, one behind the other; the caller has to
   * {@link #release} it.
   */
  synchronized Kept objects(List<Object> objects) {
    List<ParcelContent> contents = objects.stream().map(ParcelContent::of).toList();
    Kept known = known(objects);
    return known != null && isSame(contents, (MemorySegment) known.copy)
        ? use(known)
        : replace(known, () -> write(objects, contents));
  }

  /**
   * A file with the table; the caller has to {@link #release} it.
   *
   * @param original what the task holds: the table, or its only column
   */
  synchronized Kept table(Object original, Table table) {
    Kept known = known(List.of(original));
    return known != null && SameContent.of(table, (Table) known.copy)
        ? use(known)
        : replace(known, () -> write(original, table));
  }

  synchronized void release(Kept kept) {
    kept.users--;
    removeOld();
  }

  /** Removes all files. */
  @Override
  public synchronized void close() {
    all.clear();
    catalogue.results().discard(tag);
  }

  private @Nullable Kept known(List<Object> originals) {
    return all.stream()
        .filter(each -> !each.isOld && each.isOf(originals))
        .findFirst()
        .orElse(null);
  }

  private Kept replace(@Nullable Kept before, Supplier<Kept> writer) {
    if (before != null) {
      before.isOld = true;
    }
    removeOld();
    Kept written = writer.get();
    all.add(written);
    return use(written);
  }

  private static Kept use(Kept kept) {
    kept.users++;
    return kept;
  }

  private void removeOld() {
    all.removeIf(each -> {
      boolean isOver = each.users == 0 && (each.isOld || each.isGone());
      if (isOver) {
        delete(each.path);
      }
      return isOver;
    });
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new StoreException("cannot remove " + file + ": " + e, e);
    }
  }

  private Kept write(List<Object> objects, List<ParcelContent> contents) {
    List<Bytes> all = contents.stream().map(ParcelContent::bytes).toList();
    long[] offsets = new long[all.size() + 1];
    for (int i = 0; i < all.size(); i++) {
      offsets[i + 1] = ParcelFile.aligned(offsets[i] + all.get(i).size());
    }
    Path path =
        catalogue
            .results()
            .writeFile(
                tag,
                offsets[all.size()],
                file -> {
                  for (int i = 0; i < all.size(); i++) {
                    all.get(i).writeTo(file, offsets[i]);
                  }
                });
    List<StandIns.ForArray> standIns = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      standIns.add(contents.get(i).standIn(path, offsets[i]));
    }
    try {
      return new Kept(objects, path, ParcelFile.map(path), standIns);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSame(List<ParcelContent> contents, MemorySegment copy) {
    long offset = 0;
    for (ParcelContent content : contents) {
      long size = content.sizeIfSame(copy, offset);
      if (size < 0) {
        return false;
      }
      offset = ParcelFile.aligned(offset + size);
    }
    return ParcelFile.aligned(copy.byteSize()) == offset;
  }

  private Kept write(Object original, Table table) {
    Path path = catalogue.results().write(tag, ColumnEncoder.content(table));
    MappedTable mapped = Results.open(table.name(), path);
    Table copy =
        Table.create(
            table.name(), new MappedColumns(mapped).rows(0, Math.toIntExact(mapped.rows())));
    return new Kept(List.of(original), path, copy, List.of());
  }
}
