package dev.trestle;

import dev.trestle.worker.WorkerPool;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tech.tablesaw.api.Table;

/**
 * What a pool of workers serves: in processes of its own, or in this JVM where the workers are. It
 * ends with the pool. Safe for use by several threads.
 */
final class Serving {
  private final Store store;
  private final WorkerPool pool;
  private final Set<Served<?>> open = ConcurrentHashMap.newKeySet();

  Serving(Store store, WorkerPool pool) {
    this.store = store;
    this.pool = pool;
  }

  <T> Served<T> object(String name, Computation<? extends T> maker) {
    return kept(new Served<>(desk(name, maker)));
  }

  ServedTable table(String name, Computation<Table> maker) {
    return kept(new ServedTable(desk(name, maker)));
  }

  /** What was opened and, unless it was closed since, is still there. */
  List<Served<?>> all() {
    return List.copyOf(open);
  }

  private Desk desk(String name, Computation<?> maker) {
    pool.checkOpen();
    return pool.isInProcess() ? LocalDesk.make(name, maker) : OwnerDesk.open(name, store, maker);
  }

  private <S extends Served<?>> S kept(S opened) {
    open.removeIf(Served::isClosed);
    open.add(opened);
    if (pool.isClosed()) {
      opened.close(); // nobody else would
      pool.checkOpen();
    }
    return opened;
  }
}
