package dev.trestle.namespace;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

/**
 * The namespace of a store as this JVM has it open: once, for all stores on that folder, as a
 * process's locks on a file are gone when it closes that file anywhere.
 */
public final class OpenNamespace implements AutoCloseable {
  private static final Map<Path, OpenNamespace> OPEN = new HashMap<>();

  private final Path folder;
  private final Entries entries;
  private final NamedLocks locks;
  private int uses;

  private OpenNamespace(Path folder, Entries entries, NamedLocks locks) {
    this.folder = folder;
    this.entries = entries;
    this.locks = locks;
  }

  /**
   * Opens the namespace in a folder, which is made if it is not there.
   *
   * @throws NamespaceException if it cannot be opened
   * @throws dev.trestle.store.StoreFullException if there is no room for it
   */
  public static OpenNamespace open(Path folder) {
    synchronized (OPEN) {
      OpenNamespace known = OPEN.get(folder);
      if (known == null || known.isGone()) {
        known = make(folder);
        OPEN.put(folder, known);
      }
      known.uses++;
      return known;
    }
  }

  private static OpenNamespace make(Path folder) {
    try {
      makeFolder(folder);
      Path locks = folder.resolve("locks");
      makeFolder(locks);
      return new OpenNamespace(folder, Entries.open(folder), new NamedLocks(locks));
    } catch (IOException e) {
      if (OwnFiles.isForWantOfRoom(folder, e)) {
        throw OwnFiles.noRoom(folder, 0, e);
      }
      throw new NamespaceException("the namespace in " + folder + " cannot be opened: " + e, e);
    }
  }

  private static void makeFolder(Path folder) throws IOException {
    try {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
    }
  }

  /** Whether a call has said that somebody has removed its files; it cannot be used any more. */
  public boolean isGone() {
    return entries.areGone();
  }

  /** The values, counters and events. */
  public Entries entries() {
    return entries;
  }

  /** The locks. */
  public NamedLocks locks() {
    return locks;
  }

  /** Lets go; the last one that does closes the files. */
  @Override
  public void close() {
    synchronized (OPEN) {
      uses--;
      if (uses > 0) {
        return;
      }
      OPEN.remove(folder, this);
    }
    try {
      entries.close();
    } catch (IOException e) {
      throw new NamespaceException("the namespace in " + folder + " cannot be closed: " + e, e);
    }
  }
}
