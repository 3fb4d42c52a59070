package dev.trestle.kernel;

import dev.trestle.MemoryReport;
import dev.trestle.MemoryReport.ProcessLine;
import dev.trestle.Workers;
import dev.trestle.memory.ByteSize;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What each JVM of a report says of its own heap; a busy worker is not waited for. */
final class JvmHeaps {
  private static final long PATIENCE = 2000; // ms, for all workers together

  private final Map<Long, JvmHeap> byPid = new HashMap<>();
  private final MemoryReport report;

  private JvmHeaps(MemoryReport report) {
    this.report = report;
  }

  static JvmHeaps of(MemoryReport report, List<Workers> open) {
    JvmHeaps heaps = new JvmHeaps(report);
    heaps.add(JvmHeap.ofThis());
    List<CompletableFuture<JvmHeap>> answers = new ArrayList<>();
    for (Workers workers : open) {
      // No more than are alive: a question starts no worker that has ended for want of work.
      workers.pids().forEach(pid -> answers.add(workers.submit(JvmHeap::ofWorker)));
    }
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE);
    for (CompletableFuture<JvmHeap> answer : answers) {
      try {
        heaps.add(answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS));
      } catch (TimeoutException | ExecutionException e) {
        // busy, or gone
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return heaps;
      }
    }
    return heaps;
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
        list.add(process.role(), "busy", "", "", "", "", "");
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
