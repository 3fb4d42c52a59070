package dev.trestle.kernel;

import dev.trestle.Stored;
import dev.trestle.Workers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Processes as the notebook's user knows them. */
final class Readers {
  private final Map<Long, String> names = new HashMap<>();

  private Readers() {}

  /** Of a notebook whose kernel is this JVM. */
  static Readers of(List<Workers> open) {
    Readers readers = new Readers();
    readers.names.put(ProcessHandle.current().pid(), "this kernel");
    for (Workers workers : open) {
      int number = 1;
      for (long pid : workers.pids()) {
        readers.names.putIfAbsent(pid, "worker " + number++); // some are in this kernel
      }
    }
    return readers;
  }

  /** Those that have something mapped, in words. */
  String names(List<Long> pids) {
    return pids.isEmpty()
        ? "nobody now"
        : pids.stream()
            .map(pid -> names.getOrDefault(pid, "pid " + pid))
            .collect(Collectors.joining(", "));
  }

  /** Whose something is, in words. */
  String owner(Stored stored) {
    return names.getOrDefault(stored.ownerPid(), stored.owner());
  }
}
