package dev.trestle;

import dev.trestle.closure.ClosureEncoder;
import dev.trestle.closure.StandIns;
import dev.trestle.memory.ProcessMemory;
import dev.trestle.worker.PoolSettings;
import dev.trestle.worker.StartCaches;
import dev.trestle.worker.WorkerPool;
import dev.trestle.worker.Workplace;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Pools as the settings ask for them, not started yet. */
final class WorkerPools {
  private WorkerPools() {}

  /** Of workers in JVMs of their own. */
  static WorkerPool inProcesses(Store store, WorkerSettings settings) {
    var workplace =
        new Workplace.Processes(
            store.catalogue().sessionFolder(), new ClosureEncoder(StandIns.NONE));
    return new WorkerPool(
        poolSettings(
            settings,
            store.workerProperties(),
            store.catalogue()::discardDrafts,
            DefaultFolders.startCaches()),
        workplace);
  }

  /** Of workers that are threads of this JVM. */
  static WorkerPool inProcess(Store store, WorkerSettings settings) {
    if (settings.memoryLimit() != Long.MAX_VALUE) {
      throw new IllegalArgumentException(
          "workers in this JVM have no memory of their own that could be limited; leave the limit"
              + " out, or use workers that are processes");
    }
    var workplace = new Workplace.Threads(work -> TaskThread.of(store, work));
    return new WorkerPool(poolSettings(settings, Map.of(), _ -> {}, null), workplace);
  }

  private static PoolSettings poolSettings(
      WorkerSettings settings,
      Map<String, String> properties,
      LongConsumer ended,
      @Nullable StartCaches caches) {
    return new PoolSettings(
        settings.count(),
        properties,
        settings.recycleAfter(),
        settings.idleAfter(),
        settings.memoryLimit(),
        settings.heapBytes(),
        pid -> ProcessMemory.read(pid).map(ProcessMemory::uss).orElse(0L),
        ended,
        caches);
  }
}
