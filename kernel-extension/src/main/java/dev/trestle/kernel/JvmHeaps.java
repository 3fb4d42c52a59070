package dev.trestle.kernel;

import dev.trestle.MemoryReport;
import dev.trestle.MemoryReport.ProcessLine;
import dev.trestle.Workers;
import dev.trestle.memory.ByteSize;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What each JVM of a report says of its own heap; a busy worker is not waited for. */
final class JvmHeaps {
  private static final long PATIENCE = 2000; // ms, for all workers together

  private static final int ROUNDS = 8; // of questions: each takes an idle worker 15 ms

  private final Map<Long, JvmHeap> byPid = new HashMap<>();
  private final Set<Long> workers = new HashSet<>(); // pids
  private final MemoryReport report;

  private JvmHeaps(MemoryReport report) {
    this.report = report;
  }

  static JvmHeaps of(MemoryReport report, List<Workers> open) {
    JvmHeaps heaps = new JvmHeaps(report);
    heaps.add(JvmHeap.ofThis());
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE);
    for (int round = 0; round < ROUNDS && heaps.ask(open, end); round++) {
      // a quick worker has answered for another one as well
    }
    return heaps;
  }

  /** Asks as many workers as have not answered; returns whether it is worth while to ask again. */
  private boolean ask(List<Workers> open, long end) {
    List<CompletableFuture<JvmHeap>> answers = new ArrayList<>();
    for (Workers workers : open) {
      // No more than are alive: a question starts no worker that has ended for want of work.
      for (long pid : workers.pids()) {
        this.workers.add(pid);
        if (!byPid.containsKey(pid)) {
          answers.add(workers.submit(JvmHeap::ofWorker));
        }
      }
    }
    boolean hasAll = true;
    for (CompletableFuture<JvmHeap> answer : answers) {
      try {
        add(answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS));
      } catch (TimeoutException | ExecutionException e) {
        hasAll = false; // busy, or gone
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return hasAll && !answers.isEmpty();
  }

  private void add(JvmHeap heap) {
    byPid.put(heap.pid(), heap);
  }

  Listing list() {
    Listing list =
        new Listing(
            "JVM", "#heap used", "#heap held", "#heap limit", "#heap peak", "#non-heap", "#direct");
    for (ProcessLine process : report.processes()) {
      JvmHeap heap = byPid.get(process.pid());
      if (heap == null) {
        // The owner of a table or an array takes no questions of this kind.
        String state = workers.contains(process.pid()) ? "busy" : "not asked";
        list.add(process.role(), state, "", "", "", "", "");
      } else {
        list.add(
            process.role(),
            ByteSize.format(heap.used()),
            ByteSize.format(heap.committed()),
            ByteSize.format(heap.max()),
            ByteSize.format(heap.peak()),
            ByteSize.format(heap.nonHeap()),
            ByteSize.format(heap.direct()));
      }
    }
    return list;
  }
}
