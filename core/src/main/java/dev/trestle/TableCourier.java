package dev.trestle;

import dev.trestle.closure.StandIns;
import dev.trestle.column.ColumnEncoder;
import dev.trestle.column.MappedColumns;
import dev.trestle.store.Catalogue;
import dev.trestle.store.MappedTable;
import dev.trestle.store.Results;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Carries Tablesaw tables and columns between JVMs during one call: through the store, never
 * through the socket.
 *
 * <p>On the other side they read shared memory and cannot be changed. Their files go when the call
 * is over; what is mapped by then stays readable.
 */
final class TableCourier implements StandIns, AutoCloseable {
  private static final AtomicLong CALLS = new AtomicLong();

  private final Supplier<Catalogue> catalogue;
  private final @Nullable PoolParcels parcels;
  private final String tag;
  private volatile boolean hasFiles;

  /** Held until the call is over: workers may attach them late, and they are pinned until then. */
  private final Queue<SharedTable> sent = new ConcurrentLinkedQueue<>();

  /** What this call has of what its pool keeps. */
  private final Queue<PoolParcels.Kept> used = new ConcurrentLinkedQueue<>();

  /**
   * For a call of workers.
   *
   * @param parcels what the pool has sent before
   */
  TableCourier(Catalogue catalogue, PoolParcels parcels) {
    this(() -> catalogue, parcels, "call");
  }

  private TableCourier(Supplier<Catalogue> catalogue, @Nullable PoolParcels parcels, String what) {
    this.catalogue = catalogue;
    this.parcels = parcels;
    this.tag = what + CALLS.incrementAndGet();
  }

  /** For a question, which may be asked by any process of the session: each numbers its own. */
  static TableCourier ofQuestion(Supplier<Catalogue> catalogue) {
    return new TableCourier(catalogue, null, "ask" + ProcessHandle.current().pid() + "x");
  }

  /** What marks the files of this call. */
  String tag() {
    return tag;
  }

  /** What travels in place of an object that a task uses. */
  @Override
  public Object of(Object object) {
    return switch (object) {
      case SharedTable shared -> {
        sent.add(shared);
        yield shared;
      }
      case Table table -> {
        SharedTable shared = TableViews.shownBy(table);
        if (shared != null) {
          sent.add(shared);
        }
        yield shared != null ? new Shown(shared) : written(table, table, false);
      }
      case Column<?> column -> written(column, Table.create(column), true);
      default -> object;
    };
  }

  @Override
  public long sharedSize(Object object) {
    return parcels == null ? 0 : ParcelContent.size(object);
  }

  @Override
  public List<?> share(List<Object> objects) {
    List<Object> small = new ArrayList<>();
    IdentityHashMap<Object, StandIns.ForArray> shared = new IdentityHashMap<>();
    for (Object object : objects) {
      if (ParcelContent.size(object) >= PoolParcels.LARGE) {
        keep(List.of(object), shared);
      } else {
        small.add(object);
      }
    }
    if (!small.isEmpty()) {
      keep(small, shared);
    }
    return objects.stream().map(shared::get).toList();
  }

  private void keep(List<Object> objects, IdentityHashMap<Object, StandIns.ForArray> shared) {
    PoolParcels.Kept kept = Objects.requireNonNull(parcels).objects(objects);
    used.add(kept);
    for (int i = 0; i < objects.size(); i++) {
      shared.put(objects.get(i), kept.standIns().get(i));
    }
  }

  /** In a worker: what travels in place of an object that a result holds. */
  static Object result(Object object, String tag) {
    return switch (object) {
      case Table table -> {
        SharedTable shared = TableViews.shownBy(table);
        yield shared != null
            ? new Shown(shared)
            : parcel(Trestle.store().catalogue(), tag, table, false, true);
      }
      case Column<?> column ->
          parcel(Trestle.store().catalogue(), tag, Table.create(column), true, true);
      default -> object;
    };
  }

  /** Notes that files may be left that nobody here knows of. */
  void disturbed() {
    hasFiles = true;
  }

  /**
   * Removes this call's files, if there can be any: finding them takes longer than a small task.
   */
  @Override
  public void close() {
    for (var kept = used.poll(); kept != null; kept = used.poll()) {
      Objects.requireNonNull(parcels).release(kept);
    }
    if (hasFiles) {
      discard();
    }
  }

  /** Removes this call's files that are there now, also those of workers that were killed. */
  void discard() {
    catalogue.get().results().discard(tag);
    sent.clear();
  }

  private Parcel written(Object original, Table table, boolean isColumn) {
    if (parcels != null && PoolParcels.isLarge(table)) {
      PoolParcels.Kept kept = parcels.table(original, table);
      used.add(kept);
      return new Parcel(table.name(), kept.path().toString(), isColumn, false);
    }
    hasFiles = true;
    return parcel(catalogue.get(), tag, table, isColumn, false);
  }

  private static Parcel parcel(
      Catalogue catalogue, String tag, Table table, boolean isColumn, boolean isForOne) {
    Path file = catalogue.results().write(tag, ColumnEncoder.content(table));
    return new Parcel(table.name(), file.toString(), isColumn, isForOne);
  }

  /**
   * A table, or a single column, in a file of this call.
   *
   * @param isForOne whether it is read once only: the file goes as soon as it is mapped
   */
  private record Parcel(String name, String path, boolean isColumn, boolean isForOne)
      implements Serializable {
    private Object readResolve() throws IOException {
      Path file = Path.of(path);
      MappedTable part = Results.open(name, file);
      if (isForOne) {
        Files.deleteIfExists(file);
      }
      Table table =
          Table.create(name, new MappedColumns(part).rows(0, Math.toIntExact(part.rows())));
      return isColumn ? table.column(0) : table;
    }
  }

  /** The Tablesaw table of a shared one. */
  private record Shown(SharedTable shared) implements Serializable {
    private Object readResolve() {
      return shared.table();
    }
  }
}
