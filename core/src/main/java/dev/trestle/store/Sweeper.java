package dev.trestle.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Removes what sessions leave: tables and arrays, half-written files, links, sockets, logs. Under
 * the {@link CommitLock}.
 *
 * <p>Each step leaves the next one enough to go by, so that a sweep that is killed can be done
 * again: what has a name before the links that tell whose it was, and the head of a table before
 * its parts. Never because one attacher died, only the owner counts.
 */
final class Sweeper {
  private final List<StoreFolder> folders;

  Sweeper(List<StoreFolder> folders) {
    this.folders = folders;
  }

  /** Removes what dead sessions left. */
  void sweep() throws IOException {
    Map<Path, Boolean> alive = new HashMap<>();
    removeFilesOf((folder, id) ->
        !alive.computeIfAbsent(folder.path().resolve(id), unknown -> Session.isAlive(folder, id)));
    for (StoreFolder folder : folders) {
      for (Path session : Session.all(folder)) {
        if (!Session.isAlive(folder, Session.id(session))) {
          Folders.deleteTree(session);
        }
      }
      for (Path unborn : Session.unborn(folder)) {
        Folders.deleteTree(unborn);
      }
    }
  }

  /** Removes what belongs to a session, and what is nobody's any more. */
  void removeFilesOf(String session) throws IOException {
    removeFilesOf((folder, id) -> id.equals(session));
  }

  private void removeFilesOf(BiPredicate<StoreFolder, String> session) throws IOException {
    removeSuperseded();
    for (StoreFolder folder : folders) {
      Map<Object, String> owners = Ownership.owners(folder);
      Set<Object> named = new HashSet<>();
      for (Path head : folder.heads()) {
        Object identity = identity(head);
        String owner = owners.getOrDefault(identity, Ownership.NOBODY);
        if (!owner.equals(Ownership.NOBODY) && session.test(folder, owner)) {
          Files.deleteIfExists(head);
        } else {
          named.add(identity);
        }
      }
      for (Path temporary : folder.temporaries()) {
        if (session.test(folder, StoreFolder.sessionOfTemporary(temporary))) {
          Files.deleteIfExists(temporary);
        }
      }
      for (var link : Ownership.links(folder).entrySet()) {
        if (!named.contains(link.getValue())) {
          Files.deleteIfExists(link.getKey());
        }
      }
      removeStrayParts(folder);
    }
  }

  /** Of what was being moved to a later folder when its process was killed, the older one. */
  private void removeSuperseded() throws IOException {
    Set<Path> seen = new HashSet<>();
    for (StoreFolder folder : folders.reversed()) {
      for (Path head : folder.heads()) {
        if (!seen.add(head.getFileName())) {
          Files.deleteIfExists(head);
        }
      }
    }
  }

  private static void removeStrayParts(StoreFolder folder) throws IOException {
    Map<String, Set<Path>> needed = new HashMap<>();
    for (Path part : folder.parts()) {
      Set<Path> parts = needed.get(StoreFolder.nameOfPart(part));
      if (parts == null) {
        parts = partsOf(folder, StoreFolder.nameOfPart(part));
        needed.put(StoreFolder.nameOfPart(part), parts);
      }
      if (!parts.contains(part)) {
        Files.deleteIfExists(part);
      }
    }
  }

  /** The parts that the table of that name needs; if that cannot be told, all that there are. */
  private static Set<Path> partsOf(StoreFolder folder, String name) throws IOException {
    Set<Path> parts = new HashSet<>();
    try {
      Path head = folder.headPath(name, StoreFolder.TABLE_SUFFIX);
      if (StoreFolder.isThere(head)) {
        Lineage lineage = TableFile.header(head).lineage();
        for (int file = 0; file < lineage.file(); file++) {
          parts.add(folder.partPath(name, lineage.earlier(file)));
        }
      }
    } catch (StoreException e) {
      parts.addAll(folder.parts(name)); // the head is damaged, the rows may not be
    }
    return parts;
  }

  /** Of what is no plain file, nothing: it is nobody's and stays. */
  private static Object identity(Path head) throws IOException {
    try {
      return Ownership.identityOrNone(head);
    } catch (StoreException e) {
      return Ownership.NOBODY;
    }
  }
}
