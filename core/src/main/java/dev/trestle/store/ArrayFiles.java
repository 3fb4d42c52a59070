package dev.trestle.store;

import dev.trestle.store.Drafts.Draft;
import dev.trestle.store.Names.Head;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** How files of arrays get their names: as tables do, but nothing is known of what is in them. */
final class ArrayFiles {
  private final List<StoreFolder> folders;
  private final String session;
  private final Pins pins;
  private final Names names;
  private final Drafts drafts;
  private final Versions versions;

  ArrayFiles(
      List<StoreFolder> folders,
      String session,
      Pins pins,
      Names names,
      Drafts drafts,
      Versions versions) {
    this.folders = folders;
    this.session = session;
    this.pins = pins;
    this.names = names;
    this.drafts = drafts;
    this.versions = versions;
  }

  HeldFile commit(String name, String suffix, long bytes, FileWriter writer, boolean replace)
      throws IOException {
    check(name, suffix, replace);
    List<StoreFolder> candidates = names.from(names.find(name, suffix));
    StoreFolder folder = drafts.folderWithRoom(candidates, name, bytes);
    Draft draft = drafts.write(folder, Drafts.ARRAY, name, bytes, writer, true);
    try (var lock = drafts.lock(folders)) {
      check(name, suffix, replace);
      Head now = names.find(name, suffix);
      if (!names.from(now).contains(folder)) {
        throw new StoreException(
            "array '%s' was replaced by one that lies after %s meanwhile; try again"
                .formatted(name, folder.path()));
      }
      Path target = folder.headPath(name, suffix);
      HeldFile held = hold(folder, draft.path(), target); // before anybody can replace it
      boolean named = false;
      try {
        Versions.exchange(name, draft, target, versions.newOwner(now), now, false);
        named = true;
      } finally {
        if (!named) {
          held.letGo();
        }
      }
      return held;
    } finally {
      Drafts.delete(draft.path());
    }
  }

  private void check(String name, String suffix, boolean replace) {
    if (!suffix.equals(StoreFolder.ARRAY_SUFFIX)) {
      throw new IllegalArgumentException("'" + suffix + "' is not how files of arrays end");
    }
    names.checkNoTable(name);
    if (!replace) {
      names.checkNoArray(name);
    }
  }

  /** The file of that name, which is a plain one. */
  HeldFile file(String name, String suffix) throws IOException {
    while (true) {
      Head head = names.find(name, suffix);
      if (head == null) {
        throw names.noArray(name);
      }
      try {
        return hold(head.folder(), head.path(), head.path());
      } catch (NoSuchFileException e) {
        // replaced by one in another folder, or dropped, since
      }
    }
  }

  /**
   * A file that has been sent here.
   *
   * @param link a name that it has now
   * @param path the name that it is known by
   * @throws NoSuchFileException if there is nothing of the first name
   */
  HeldFile hold(Path link, Path path) throws IOException {
    for (StoreFolder folder : folders) {
      if (folder.path().equals(path.getParent())) {
        return hold(folder, link, path);
      }
    }
    return new HeldFile(path, link);
  }

  private HeldFile hold(StoreFolder folder, Path now, Path path) throws IOException {
    if (!pins.areMade()) {
      StoreFolder.identity(now);
      return new HeldFile(path, now);
    }
    // Linked first: between a look at the name and the pin it could become another file's.
    Path link = folder.temporaryPath(session, StoreFolder.PIN);
    try {
      Files.createLink(link, now);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      StoreFolder.identity(now);
      return new HeldFile(path, now); // no room for a link: usable all the same
    }
    try {
      StoreFolder.identity(link);
      Path pin = folder.pinPath(session, "array" + Files.getAttribute(link, "unix:ino"));
      pins.hold(pin, link);
      return new HeldFile(path, pin, pins);
    } catch (NoSuchFileException e) {
      throw new IllegalStateException("this store is closed; open another one", e);
    } finally {
      Drafts.delete(link); // a rename to another link of the same file does nothing
    }
  }
}
