package dev.trestle.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
        try {
          Entry entry = entry(folder, head, owners);
          entries.put(entry.name(), entry);
        } catch (IOException | StoreException e) {
          // dropped since, or not ours to understand: opening it by name says what is wrong
        }
      }
    }
    return new ArrayList<>(entries.values());
  }

  private Entry entry(StoreFolder folder, Path head, Map<Object, String> owners)
      throws IOException {
    String name = StoreFolder.nameOfHead(head);
    Object identity = StoreFolder.identity(head);
    String owner = owners.getOrDefault(identity, Ownership.NOBODY);
    boolean kept = owner.equals(Ownership.NOBODY);
    long pid = kept || !isAlive(folder, owner) ? 0 : Session.pid(owner);
    if (head.toString().endsWith(StoreFolder.ARRAY_SUFFIX)) {
      var created = Files.getLastModifiedTime(head).toInstant();
      return new Entry.OfArray(
          name,
          new Entry.Place(List.of(head), Files.size(head), folder.inMemory(), kept, pid, created));
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
        new Entry.Place(files, bytes, folder.inMemory(), kept, pid, table.created()),
        lineage.rowsBefore() + table.rows(),
        table.columns().size(),
        lineage.version(),
        source == null ? List.of() : List.of(new Entry.Source(source.path(), source.size())),
        first.conversions());
  }

  private boolean isAlive(StoreFolder folder, String session) {
    return alive.computeIfAbsent(
        folder.path().resolve(session), unknown -> Session.isAlive(folder, session));
  }
}
