package dev.trestle;

import dev.trestle.array.MappedArray;
import dev.trestle.array.NpyContent;
import dev.trestle.store.Catalogue;
import dev.trestle.store.NoSuchTableException;
import dev.trestle.store.StoreException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The arrays in a store's catalogue. */
final class StoreArrays {
  private static final String SUFFIX = ".npy";

  private final Catalogue catalogue;

  StoreArrays(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  SharedArray create(String name, NpyContent content) {
    return open(name, catalogue.commitFile(name, SUFFIX, content), true);
  }

  SharedArray attach(String name, boolean writable) {
    return open(name, catalogue.openFile(name, SUFFIX), writable);
  }

  boolean drop(String name) {
    try {
      java.nio.file.Files.delete(catalogue.openFile(name, SUFFIX));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  List<StoredArray> list() {
    return List.of();
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
      throw new NoSuchTableException("there is no file %s".formatted(file));
    } catch (IOException e) {
      throw new StoreException("cannot map array '%s': %s".formatted(name, e), e);
    }
  }
}
