package dev.trestle;

import dev.trestle.array.MappedArray;
import dev.trestle.array.Shape;
import dev.trestle.store.Catalogue;
import dev.trestle.store.NoSuchArrayException;
import dev.trestle.store.StoreException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * What travels in place of a {@link SharedArray}: enough to find the very same elements again.
 *
 * @param path the file's name when it was attached
 * @param link another name of the same file, which it has as long as its sender uses it
 * @param first where the elements begin within those of the file
 */
record SharedArrayHandle(
    String name, String path, String link, String id, long first, long[] shape, boolean writable)
    implements Serializable {

  private Object readResolve() {
    Path location = Path.of(path);
    boolean replaced = false;
    for (Path name : List.of(location, Path.of(link))) {
      try {
        MappedArray mapped = MappedArray.open(this.name, name, location, writable);
        if (mapped.id().equals(id)) {
          return array(mapped, name, location).view(first, Shape.of(shape));
        }
        replaced = true;
      } catch (NoSuchFileException e) {
        // the sender has let go of it, or it was dropped
      } catch (IOException e) {
        throw new StoreException("cannot attach array '" + this.name + "': " + e, e);
      }
    }
    throw new NoSuchArrayException(
        replaced
            ? "array '%s' has been replaced by another one of that name since it was sent; attach it again"
                .formatted(name)
            : "array '%s' was dropped before it could be attached here (%s)".formatted(name, path));
  }

  private static SharedArray array(MappedArray mapped, Path link, Path location) {
    Path folder = location.getParent();
    Catalogue known = folder == null ? null : Store.catalogueOf(folder);
    return new SharedArray(mapped, known, known == null ? null : known.hold(link, location));
  }
}
