package dev.trestle;

import dev.trestle.array.MappedArray;
import dev.trestle.array.NpyContent;
import dev.trestle.array.NpyHeader;
import dev.trestle.memory.MappedInodes;
import dev.trestle.store.Catalogue;
import dev.trestle.store.Entry;
import dev.trestle.store.NoSuchArrayException;
import dev.trestle.store.StoreException;
import dev.trestle.store.StoreFolder;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The arrays in a store's catalogue. */
final class StoreArrays {
  private final Catalogue catalogue;

  StoreArrays(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  SharedArray create(String name, NpyContent content, boolean replace) {
    Path file =
        catalogue.commitFile(
            name,
            StoreFolder.ARRAY_SUFFIX,
            content.size(),
            channel -> content.writeTo(channel, 0),
            replace);
    return open(name, file, true);
  }

  SharedArray attach(String name, boolean writable) {
    return open(name, catalogue.openFile(name, StoreFolder.ARRAY_SUFFIX), writable);
  }

  /** Maps a file that is not the store's. */
  static SharedArray open(Path file, boolean writable) {
    Path absolute = file.toAbsolutePath().normalize();
    return open(absolute.toString(), absolute, writable);
  }

  private static SharedArray open(String name, Path file, boolean writable) {
    try {
      return new SharedArray(MappedArray.open(name, file, writable));
    } catch (NoSuchFileException e) {
      throw new NoSuchArrayException("array '%s': there is no file %s".formatted(name, file));
    } catch (IOException e) {
      throw new StoreException("cannot map array '%s': %s".formatted(name, e), e);
    }
  }

  List<StoredArray> list() {
    List<Entry.OfArray> entries =
        catalogue.list().stream()
            .filter(Entry.OfArray.class::isInstance)
            .map(Entry.OfArray.class::cast)
            .toList();
    if (entries.isEmpty()) {
      return List.of();
    }
    var mapped = MappedInodes.ofAll(catalogue.folders().stream().map(StoreFolder::path).toList());
    List<StoredArray> arrays = new ArrayList<>();
    for (Entry.OfArray entry : entries) {
      try {
        arrays.add(line(entry, mapped));
      } catch (IOException | StoreException e) {
        // dropped since, or no array of ours: attaching it by name says what is wrong
      }
    }
    return List.copyOf(arrays);
  }

  private static StoredArray line(Entry.OfArray entry, MappedInodes mapped) throws IOException {
    Entry.Place place = entry.place();
    NpyHeader header = NpyHeader.read(place.location());
    return new StoredArray(
        entry.name(),
        header.type(),
        header.shape().toString(),
        place.bytes(),
        place.location(),
        place.inMemory(),
        place.ownerPid(),
        place.kept(),
        mapped.by(place.files()));
  }
}
