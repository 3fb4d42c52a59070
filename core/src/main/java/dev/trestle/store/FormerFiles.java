package dev.trestle.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Versions of tables that were replaced or dropped, and that a session still reads: what only pins
 * refer to.
 */
final class FormerFiles {
  private FormerFiles() {}

  /** Their bytes in a folder, each file once however many sessions pin it. */
  static long bytes(StoreFolder folder) {
    // Pins first: what is replaced meanwhile is missed, and what is current is never counted.
    Map<Object, Path> pinned = new HashMap<>();
    for (Path pin : folder.pins()) {
      try {
        pinned.put(StoreFolder.identity(pin), pin);
      } catch (IOException | StoreException e) {
        // let go of just now, or not ours
      }
    }
    pinned.keySet().removeAll(pinned.isEmpty() ? Set.of() : current(folder));
    long bytes = 0;
    for (Path pin : pinned.values()) {
      try {
        bytes += Files.size(pin);
      } catch (IOException e) {
        // let go of just now
      }
    }
    return bytes;
  }

  private static Set<Object> current(StoreFolder folder) {
    Set<Object> current = new HashSet<>();
    for (Path file : folder.named()) {
      try {
        current.add(StoreFolder.identity(file));
      } catch (IOException | StoreException e) {
        // dropped just now, or not ours
      }
    }
    return current;
  }
}
