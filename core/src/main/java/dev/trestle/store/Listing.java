package dev.trestle.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What there is, seen without a lock: what comes or goes meanwhile may be in it or not. */
final class Listing {
  private final List<StoreFolder> folders;
  private final Map<Path, Boolean> alive = new HashMap<>();

  Listing(List<StoreFolder> folders) {
    this.folders = folders;
  }

  /** Tables and arrays, by name. */
  List<Entry> entries() {
    var entries = new TreeMap<String, Entry>();
    for (StoreFolder folder : folders) { // the later folder wins, see Names
      Map<Object, String> owners = null;
      for (Path head : folder.heads()) {
        owners = owners == null ? Ownership.owners(folder) : owners;
        Entry entry = entry(folder, head, owners);
        if (entry != null) {
          entries.put(entry.name(), entry);
        }
      }
    }
    return new ArrayList<>(entries.values());
  }

  /** What has a name, or null if it was dropped since. */
  private @Nullable Entry entry(StoreFolder folder, Path head, Map<Object, String> owners) {
    while (true) {
      Object before = key(head);
      try {
        StoreFolder.identity(head); // a link is not followed
        return whole(folder, head, owners.getOrDefault(before, Ownership.NOBODY));
      } catch (NoSuchFileException e) {
        Object now = key(head);
        if (now == null) {
          return null;
        }
        if (now.equals(before)) { // else it was replaced: look again
          return damaged(folder, head, owners, e.getFile() + ", which has earlier rows, is gone");
        }
      } catch (IOException | StoreException e) {
        return damaged(folder, head, owners, String.valueOf(e.getMessage()));
      }
    }
  }

  private @Nullable Entry damaged(
      StoreFolder folder, Path head, Map<Object, String> owners, String reason) {
    BasicFileAttributes attributes = attributes(head);
    if (attributes == null) {
      return null;
    }
    String owner = owners.getOrDefault(attributes.fileKey(), Ownership.NOBODY);
    var changed = attributes.lastModifiedTime().toInstant();
    return new Entry.Damaged(
        StoreFolder.nameOfHead(head),
        isArray(head),
        place(folder, List.of(head), attributes.size(), owner, changed),
        reason);
  }

  private static @Nullable Object key(Path head) {
    BasicFileAttributes attributes = attributes(head);
    return attributes == null ? null : attributes.fileKey();
  }

  /** Of a file, a link's own; null if there is none of that name. */
  private static @Nullable BasicFileAttributes attributes(Path head) {
    try {
      return Files.readAttributes(head, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      return null;
    }
  }

  private Entry whole(StoreFolder folder, Path head, String owner) throws IOException {
    String name = StoreFolder.nameOfHead(head);
    if (isArray(head)) {
      var created = Files.getLastModifiedTime(head).toInstant();
      return new Entry.OfArray(
          name, place(folder, List.of(head), Files.size(head), owner, created));
    }
    TableFile table = TableFile.header(head);
    Lineage lineage = table.lineage();
    List<Path> files = new ArrayList<>();
    // Rows are appended in files of our own: if one reads a foreign file, it is the first.
    TableFile first =
        lineage.file() == 0 ? table : TableFile.header(folder.partPath(name, lineage.earlier(0)));
    long bytes = table.size() + first.sourceSize();
    for (int file = 0; file < lineage.file(); file++) {
      Path part = folder.partPath(name, lineage.earlier(file));
      bytes += Files.size(part);
      files.add(part);
    }
    files.add(head);
    SourceStamp source = first.source();
    return new Entry.OfTable(
        name,
        place(folder, files, bytes, owner, table.created()),
        lineage.rowsBefore() + table.rows(),
        table.columns().size(),
        lineage.version(),
        source == null ? List.of() : List.of(new Entry.Source(source.path(), source.size())),
        first.conversions());
  }

  private Entry.Place place(
      StoreFolder folder, List<Path> files, long bytes, String owner, Instant created) {
    boolean kept = owner.equals(Ownership.NOBODY);
    long pid = kept || !isAlive(folder, owner) ? 0 : Session.pid(owner);
    return new Entry.Place(files, bytes, folder.inMemory(), kept, pid, created);
  }

  private static boolean isArray(Path head) {
    return head.toString().endsWith(StoreFolder.ARRAY_SUFFIX);
  }

  private boolean isAlive(StoreFolder folder, String session) {
    return alive.computeIfAbsent(
        folder.path().resolve(session), unknown -> Session.isAlive(folder, session));
  }
}
