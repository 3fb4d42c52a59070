package dev.trestle;

import dev.trestle.array.NpyHeader;
import dev.trestle.memory.MappedInodes;
import dev.trestle.store.Catalogue;
import dev.trestle.store.Entry;
import dev.trestle.store.StoreException;
import dev.trestle.store.StoreFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a catalogue has at one moment, with the processes that map it. */
record StoredListing(List<Entry> entries, MappedInodes mapped) {
  static StoredListing ofTables(Catalogue catalogue) {
    return of(catalogue, entry -> !isArray(entry));
  }

  static StoredListing ofArrays(Catalogue catalogue) {
    return of(catalogue, StoredListing::isArray);
  }

  private static StoredListing of(Catalogue catalogue, Predicate<Entry> wanted) {
    List<Entry> entries = catalogue.list().stream().filter(wanted).toList();
    return new StoredListing(entries, entries.isEmpty() ? MappedInodes.NONE : mapped(catalogue));
  }

  static StoredListing ofAll(Catalogue catalogue) {
    return new StoredListing(catalogue.list(), mapped(catalogue));
  }

  private static MappedInodes mapped(Catalogue catalogue) {
    return MappedInodes.ofAll(catalogue.folders().stream().map(StoreFolder::path).toList());
  }

  private static boolean isArray(Entry entry) {
    return switch (entry) {
      case Entry.OfTable table -> false;
      case Entry.OfArray array -> true;
      case Entry.Damaged damaged -> damaged.isArray();
    };
  }

  List<StoredTable> tables() {
    List<StoredTable> tables = new ArrayList<>();
    for (Entry entry : entries) {
      switch (entry) {
        case Entry.OfTable t -> tables.add(line(t, t.rows(), t.columns(), t.version(), null));
        case Entry.Damaged t when !t.isArray() -> tables.add(line(t, 0, 0, 0, t.reason()));
        case Entry.Damaged array -> {}
        case Entry.OfArray array -> {}
      }
    }
    return List.copyOf(tables);
  }

  private StoredTable line(
      Entry table, long rows, int columns, long version, @Nullable String damage) {
    return new StoredTable(
        table.name(), rows, columns, version, table.place(), readers(table), damage);
  }

  List<StoredArray> arrays() {
    List<StoredArray> arrays = new ArrayList<>();
    for (Entry entry : entries) {
      switch (entry) {
        case Entry.OfTable table -> {}
        case Entry.Damaged a when a.isArray() -> arrays.add(line(a, null, a.reason()));
        case Entry.Damaged table -> {}
        case Entry.OfArray a -> {
          try {
            arrays.add(line(a, NpyHeader.read(a.place().location()), null));
          } catch (StoreException e) {
            arrays.add(line(a, null, e.getMessage()));
          } catch (IOException e) {
            // dropped since
          }
        }
      }
    }
    return List.copyOf(arrays);
  }

  private StoredArray line(Entry array, @Nullable NpyHeader header, @Nullable String damage) {
    return new StoredArray(
        array.name(),
        header == null ? null : header.type(),
        header == null ? "" : header.shape().toString(),
        array.place(),
        readers(array),
        damage);
  }

  /** The processes that map any of its files. */
  List<Long> readers(Entry entry) {
    return mapped.by(entry.place().files());
  }
}
