package dev.trestle;

import dev.trestle.memory.MappedInodes;
import dev.trestle.store.Catalogue;
import dev.trestle.store.Entry;
import dev.trestle.store.StoreFolder;
import java.nio.file.Path;
import java.util.List;

/** The tables of a catalogue, with the processes that have them mapped. */
final class TableListing {
  private final List<Path> folders;
  private final List<Entry.OfTable> tables;

  TableListing(Catalogue catalogue) {
    this.folders = catalogue.folders().stream().map(StoreFolder::path).toList();
    this.tables =
        catalogue.list().stream()
            .filter(Entry.OfTable.class::isInstance)
            .map(Entry.OfTable.class::cast)
            .toList();
  }

  List<StoredTable> tables() {
    MappedInodes mapped = tables.isEmpty() ? MappedInodes.NONE : MappedInodes.ofAll(folders);
    return tables.stream()
        .map(table ->
            new StoredTable(
                table.name(),
                table.rows(),
                table.columns(),
                table.place().bytes(),
                table.place().location(),
                table.place().inMemory(),
                table.place().ownerPid(),
                table.place().created(),
                table.place().kept(),
                table.version(),
                mapped.by(table.place().files())))
        .toList();
  }
}
