package dev.trestle.store;

import java.io.IOException;
import java.lang.ref.Cleaner;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files that this store has mapped: each once, however many versions and attached tables it
 * belongs to.
 *
 * <p>The owner of a session also pins each of them, see {@link Pins}. Pin and mapping go when
 * nothing refers to the file any more. Safe for use by several threads.
 */
final class OpenFiles {
  private final String session;
  private final Pins pins;

  /** By {@link StoreFolder#identity}, which nobody else can get while a file is mapped. */
  private final Map<Object, WeakReference<TableFile>> mapped = new HashMap<>();

  OpenFiles(String session, Pins pins) {
    this.session = session;
    this.pins = pins;
  }

  /**
   * Maps a file, or finds it mapped.
   *
   * @throws NoSuchFileException if it is not there
   */
  TableFile open(StoreFolder folder, Path path) throws IOException {
    TableFile known = known(StoreFolder.identity(path));
    if (known != null) {
      known.checkSource(); // what is mapped already may have changed since
      return known.as(path, known.lineage());
    }
    if (!pins.areMade()) {
      return openUnpinned(path);
    }
    // Linked first: between a look at the name and the pin it could become another file's.
    Path link = folder.temporaryPath(session, StoreFolder.PIN);
    try {
      Files.createLink(link, path);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      return openUnpinned(path); // no inode left: readable all the same
    }
    try {
      TableFile file = TableFile.openBy(link, path);
      Path pin = folder.pinPath(session, file.lineage());
      pins.hold(pin, link);
      return register(file, StoreFolder.identity(pin), pin);
    } catch (NoSuchFileException e) {
      throw new IllegalStateException("this store is closed; open another one", e);
    } finally {
      Drafts.delete(link); // a rename to another link of the same file does nothing
    }
  }

  /**
   * A file that is about to get its name, mapped and pinned.
   *
   * @param undo lets go of it at once, if it does not get the name
   */
  record Adopted(TableFile file, Cleaner.Cleanable undo) {}

  /**
   * Takes up a file that is about to get its name.
   *
   * @param lineage which it has by now
   */
  Adopted adopt(Drafts.Draft draft, TableFile file, Lineage lineage, Path target)
      throws IOException {
    TableFile placed = file.as(target, lineage);
    if (!pins.areMade()) {
      return adopted(placed, StoreFolder.identity(draft.path()), null);
    }
    Path link = draft.folder().temporaryPath(session, StoreFolder.PIN);
    Files.createLink(link, draft.path());
    try {
      Path pin = draft.folder().pinPath(session, lineage);
      pins.hold(pin, link);
      return adopted(placed, StoreFolder.identity(pin), pin);
    } finally {
      Drafts.delete(link);
    }
  }

  private synchronized void letGo(
      Object identity, WeakReference<TableFile> file, @Nullable Path pin) {
    mapped.remove(identity, file);
    if (pin != null) {
      pins.letGo(pin);
    }
  }

  /** The file, if it is mapped. */
  synchronized @Nullable TableFile known(Object identity) {
    WeakReference<TableFile> known = mapped.get(identity);
    return known == null ? null : known.get();
  }

  private TableFile openUnpinned(Path path) throws IOException {
    Object before = StoreFolder.identity(path);
    TableFile file = TableFile.open(path);
    return before.equals(Ownership.identityOrNone(path)) ? register(file, before, null) : file;
  }

  private TableFile register(TableFile file, Object identity, @Nullable Path pin) {
    return adopted(file, identity, pin).file();
  }

  private Adopted adopted(TableFile file, Object identity, @Nullable Path pin) {
    var reference = new WeakReference<>(file);
    synchronized (this) {
      mapped.put(identity, reference);
    }
    return new Adopted(file, Pins.CLEANER.register(file, () -> letGo(identity, reference, pin)));
  }
}
