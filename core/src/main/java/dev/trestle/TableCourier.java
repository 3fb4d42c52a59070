package dev.trestle;

import dev.trestle.column.ColumnEncoder;
import dev.trestle.column.MappedColumns;
import dev.trestle.store.Catalogue;
import dev.trestle.store.MappedTable;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
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
final class TableCourier implements AutoCloseable {
  private static final AtomicLong CALLS = new AtomicLong();

  private final Catalogue catalogue;
  private final String tag = "call" + CALLS.incrementAndGet();

  /** Held until the call is over: workers may attach them late, and they are pinned until then. */
  private final Queue<SharedTable> sent = new ConcurrentLinkedQueue<>();

  TableCourier(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** What marks the files of this call. */
  String tag() {
    return tag;
  }

  /** What travels in place of an object that a task uses. */
  Object outgoing(Object object) {
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
        yield shared != null ? new Shown(shared) : parcel(catalogue, tag, table, false);
      }
      case Column<?> column -> parcel(catalogue, tag, Table.create(column), true);
      default -> object;
    };
  }

  /** In a worker: what travels in place of a result. */
  static @Nullable Object result(@Nullable Object result, String tag) {
    return switch (result) {
      case Table table -> parcel(Trestle.store().catalogue(), tag, table, false);
      case Column<?> column -> parcel(Trestle.store().catalogue(), tag, Table.create(column), true);
      case null, default -> result;
    };
  }

  /** Removes this call's files that are there now, also those of workers that were killed. */
  @Override
  public void close() {
    catalogue.discard(tag);
    sent.clear();
  }

  private static Parcel parcel(Catalogue catalogue, String tag, Table table, boolean isColumn) {
    Path file = catalogue.writePart(tag, ColumnEncoder.content(table));
    return new Parcel(table.name(), file.toString(), isColumn);
  }

  /** A table, or a single column, in a file of this call. */
  private record Parcel(String name, String path, boolean isColumn) implements Serializable {
    private Object readResolve() {
      MappedTable part = Catalogue.openPart(name, Path.of(path));
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
