package dev.trestle;

import dev.trestle.column.ColumnEncoder;
import dev.trestle.column.MappedColumns;
import dev.trestle.store.Catalogue;
import dev.trestle.store.MappedTable;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
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

  private final Supplier<Catalogue> catalogue;
  private final String tag;
  private volatile boolean hasFiles;

  /** Held until the call is over: workers may attach them late, and they are pinned until then. */
  private final Queue<SharedTable> sent = new ConcurrentLinkedQueue<>();

  TableCourier(Catalogue catalogue) {
    this(() -> catalogue, "call");
  }

  private TableCourier(Supplier<Catalogue> catalogue, String what) {
    this.catalogue = catalogue;
    this.tag = what + CALLS.incrementAndGet();
  }

  /** For a question, which may be asked by any process of the session: each numbers its own. */
  static TableCourier ofQuestion(Supplier<Catalogue> catalogue) {
    return new TableCourier(catalogue, "ask" + ProcessHandle.current().pid() + "x");
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
        yield shared != null ? new Shown(shared) : written(table, false);
      }
      case Column<?> column -> written(Table.create(column), true);
      default -> object;
    };
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
    if (hasFiles) {
      discard();
    }
  }

  /** Removes this call's files that are there now, also those of workers that were killed. */
  void discard() {
    catalogue.get().discard(tag);
    sent.clear();
  }

  private Parcel written(Table table, boolean isColumn) {
    hasFiles = true;
    return parcel(catalogue.get(), tag, table, isColumn, false);
  }

  private static Parcel parcel(
      Catalogue catalogue, String tag, Table table, boolean isColumn, boolean isForOne) {
    Path file = catalogue.writePart(tag, ColumnEncoder.content(table));
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
      MappedTable part = Catalogue.openPart(name, file);
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
