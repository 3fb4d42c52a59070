package dev.trestle;

import dev.trestle.column.ColumnEncoder;
import dev.trestle.column.MappedColumns;
import dev.trestle.store.Bytes;
import dev.trestle.store.Catalogue;
import dev.trestle.store.MappedTable;
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
 * The large tables, columns and arrays that tasks of one pool have used: in the store, each once.
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
    private int users; // guarded by the parcels
    private boolean isOld; // guarded by the parcels

    /**
     * @param copy the content, mapped
     */
    private Kept(List<Object> originals, Path path, Object copy) {
      this.originals = originals.stream().map(WeakReference::new).toList();
      this.path = path;
      this.copy = copy;
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

  /** A file with the arrays, one behind the other; the caller has to {@link #release} it. */
  synchronized Kept arrays(List<Object> arrays) {
    Kept known = known(arrays);
    return known != null && isSame(arrays, (MemorySegment) known.copy)
        ? use(known)
        : replace(known, () -> write(arrays));
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
    catalogue.discard(tag);
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

  private Kept write(List<Object> arrays) {
    long size = 0;
    for (Object array : arrays) {
      size = ArrayParcel.aligned(size + ArrayParcel.segment(array).byteSize());
    }
    Path path =
        catalogue.writePartFile(
            tag,
            size,
            file -> {
              long offset = 0;
              for (Object array : arrays) {
                Bytes bytes = Bytes.of(ArrayParcel.segment(array));
                bytes.writeTo(file, offset);
                offset = ArrayParcel.aligned(offset + bytes.size());
              }
            });
    try {
      return new Kept(arrays, path, ArrayParcel.map(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSame(List<Object> arrays, MemorySegment copy) {
    long offset = 0;
    for (Object array : arrays) {
      MemorySegment elements = ArrayParcel.segment(array);
      if (elements.mismatch(copy.asSlice(offset, elements.byteSize())) >= 0) {
        return false;
      }
      offset = ArrayParcel.aligned(offset + elements.byteSize());
    }
    return true;
  }

  private Kept write(Object original, Table table) {
    Path path = catalogue.writePart(tag, ColumnEncoder.content(table));
    MappedTable mapped = Catalogue.openPart(table.name(), path);
    Table copy =
        Table.create(
            table.name(), new MappedColumns(mapped).rows(0, Math.toIntExact(mapped.rows())));
    return new Kept(List.of(original), path, copy);
  }
}
