package dev.trestle.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;

/**
 * Whose a table or array is: of the session that holds it by a second, hidden hard link, or
 * nobody's if it is kept.
 *
 * <p>A link is made before the thing gets its name and removed after it lost it: a process that is
 * killed in between leaves a link to nothing that has a name, which anyone may remove. All under
 * the {@link CommitLock}, except for reading.
 */
final class Ownership {
  /** Who owns what has been kept. */
  static final String NOBODY = "";

  private Ownership() {}

  /** The owning sessions of a folder's files, by {@link StoreFolder#identity}. */
  static Map<Object, String> owners(StoreFolder folder) {
    Map<Object, String> owners = new HashMap<>();
    links(folder)
        .forEach((link, identity) -> owners.put(identity, StoreFolder.sessionOfTemporary(link)));
    return owners;
  }

  /** All own links of a folder, and what each refers to. */
  static Map<Path, Object> links(StoreFolder folder) {
    Map<Path, Object> links = new HashMap<>();
    for (Path link : folder.ownLinks()) {
      try {
        links.put(link, StoreFolder.identity(link));
      } catch (IOException | StoreException e) {
        // removed just now, or not ours
      }
    }
    return links;
  }

  static String ownerOf(StoreFolder folder, Object identity) {
    return owners(folder).getOrDefault(identity, NOBODY);
  }

  /** Makes a file nobody's. */
  static void release(StoreFolder folder, Object identity) throws IOException {
    for (var link : links(folder).entrySet()) {
      if (link.getValue().equals(identity)) {
        Files.deleteIfExists(link.getKey());
      }
    }
  }

  /**
   * Gives a written file its name, in one step.
   *
   * @param owner the session that owns it from then on, or {@link #NOBODY}
   * @param replaces whether something has that name now, which loses it
   */
  static void publish(Drafts.Draft draft, Path target, String owner, boolean replaces)
      throws IOException {
    Path file = draft.path();
    if (!owner.equals(NOBODY)) {
      Path link = draft.folder().temporaryPath(owner, StoreFolder.OWN);
      Files.createLink(link, file);
      file = link;
    }
    try {
      if (!replaces) {
        Files.createLink(target, draft.path()); // fails if somebody else has put a file there
        Files.delete(draft.path());
      } else {
        Files.move(draft.path(), target, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      if (!file.equals(draft.path())) {
        Drafts.delete(file);
      }
      throw e;
    }
  }

  /** What a name refers to now. */
  static Object identityOrNone(Path file) throws IOException {
    try {
      return StoreFolder.identity(file);
    } catch (NoSuchFileException e) {
      return NOBODY;
    }
  }
}
