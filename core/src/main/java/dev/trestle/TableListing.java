package dev.trestle;

import dev.trestle.memory.MappedInodes;
import dev.trestle.store.Catalogue;
import dev.trestle.store.Entry;
import dev.trestle.store.StoreFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables of a catalogue, with the processes that have them mapped. */
final class TableListing {
  private final List<Path> folders;
  private final List<Entry> entries;

  TableListing(Catalogue catalogue) {
    this.folders = catalogue.folders().stream().map(StoreFolder::path).toList();
    this.entries = catalogue.list();
  }

  List<StoredTable> tables() {
    MappedInodes mapped = entries.isEmpty() ? MappedInodes.NONE : MappedInodes.ofAll(folders);
    List<StoredTable> tables = new ArrayList<>();
    for (Entry entry : entries) {
      switch (entry) {
        case Entry.OfTable t ->
            tables.add(line(t, t.rows(), t.columns(), t.version(), mapped, null));
        case Entry.Damaged t when !t.isArray() -> tables.add(line(t, 0, 0, 0, mapped, t.reason()));
        case Entry.Damaged array -> {}
        case Entry.OfArray array -> {}
      }
    }
    return List.copyOf(tables);
  }

  private static StoredTable line(
      Entry table,
      long rows,
      int columns,
      long version,
      MappedInodes mapped,
      @Nullable String damage) {
    Entry.Place place = table.place();
    return new StoredTable(
        table.name(),
        rows,
        columns,
        place.bytes(),
        place.location(),
        place.inMemory(),
        place.ownerPid(),
        place.created(),
        place.kept(),
        version,
        mapped.by(place.files()),
        damage);
  }
}
