package dev.trestle;

import dev.trestle.memory.TimelineRecorder;
import dev.trestle.store.StoreFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What a recording of a store's memory looks at. Used by the recorder's thread. */
final class RecordedProcesses {
  private final Store store;

  /** By process id; a worker that is being ended is no longer in its pool. */
  private final Map<Long, String> known = new LinkedHashMap<>();

  RecordedProcesses(Store store) {
    this.store = store;
  }

  TimelineRecorder record(Duration interval) {
    return TimelineRecorder.start(this::names, this::sharedBytes, interval);
  }

  private synchronized Map<Long, String> names() {
    ProcessHandle self = ProcessHandle.current();
    known.putIfAbsent(self.pid(), "this JVM");
    for (Workers workers : store.openWorkers()) {
      int number = 1;
      for (long pid : workers.pids()) {
        known.put(pid, "worker " + number++);
      }
    }
    Map<Long, String> names = new LinkedHashMap<>(known);
    self.descendants().forEach(child -> names.putIfAbsent(child.pid(), "other processes"));
    return names;
  }

  private long sharedBytes() {
    Map<Object, Long> bytes =
        new HashMap<>(); // by file: whoever reads a table gives it a name more
    for (StoreFolder folder : store.catalogue().folders()) {
      if (folder.inMemory()) {
        for (Path path : folder.files()) {
          try {
            var file = Files.readAttributes(path, BasicFileAttributes.class);
            bytes.put(Objects.requireNonNullElse(file.fileKey(), path), file.size());
          } catch (IOException e) {
            // removed just now
          }
        }
      }
    }
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }
}
