package dev.trestle.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Removes what dead sessions left: tables, half-written files, sockets, logs.
 *
 * <p>A file is judged only after it was seen: its session began before the file did, so a session
 * that is dead by then has left it. Never because one attacher died, only the owner counts.
 */
final class Sweeper {
  private final List<StoreFolder> folders;

  Sweeper(List<StoreFolder> folders) {
    this.folders = folders;
  }

  void sweep() throws IOException {
    Map<String, Boolean> alive = new HashMap<>();
    StoreFolder first = folders.getFirst();
    removeFilesOf(id -> !alive.computeIfAbsent(id, unknown -> Session.isAlive(first, unknown)));
    for (Path session : Session.all(first)) {
      if (!Session.isAlive(first, Session.id(session))) {
        Folders.deleteTree(session);
      }
    }
    for (Path unborn : Session.unborn(first)) {
      Folders.deleteTree(unborn);
    }
  }

  /** Removes the tables and temporary files of the sessions that the test names. */
  void removeFilesOf(Predicate<String> session) throws IOException {
    for (StoreFolder folder : folders) {
      for (Path temporary : folder.temporaries()) {
        if (session.test(StoreFolder.sessionOfTemporary(temporary))) {
          Files.deleteIfExists(temporary);
        }
      }
      for (Path table : folder.tables()) {
        try {
          if (session.test(TableFile.header(table).session())) {
            Files.deleteIfExists(table);
          }
        } catch (IOException | StoreException e) {
          // gone meanwhile, or not a table of ours: not ours to remove
        }
      }
    }
  }
}
