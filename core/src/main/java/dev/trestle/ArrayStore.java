package dev.trestle;

import dev.trestle.array.ElementType;
import dev.trestle.array.MappedArray;
import dev.trestle.array.NpyContent;
import dev.trestle.array.Shape;
import dev.trestle.store.Catalogue;
import dev.trestle.store.HeldFile;
import dev.trestle.store.NoSuchArrayException;
import dev.trestle.store.StoreException;
import dev.trestle.store.StoreFolder;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The arrays of a {@link Store}. They have names, owners and ends as its tables have, see {@link
 * Store#keep} and {@link Store#drop}; no array has the name of a table.
 */
public abstract sealed class ArrayStore permits IngestingStore {
  ArrayStore() {}

  abstract Catalogue catalogue();

  /**
   * Makes an array of zeros in shared memory. Its room is taken now: later writes to it cannot fail
   * for want of memory.
   *
   * @param shape the length of each axis; none for a single number
   * @throws IllegalArgumentException if the shape is no shape, or too large
   * @throws dev.trestle.store.TableExistsException if the name is taken
   * @throws dev.trestle.store.StoreFullException if there is no room; nothing is kept
   */
  public SharedArray array(String name, ElementType type, long... shape) {
    return create(name, NpyContent.zeros(type, Shape.of(shape)), false);
  }

  /**
   * As {@link #array(String, ElementType, long...)}.
   *
   * @param type {@code double.class}, {@code float.class}, {@code long.class}, {@code int.class},
   *     {@code short.class}, {@code byte.class} or {@code boolean.class}
   */
  public SharedArray array(String name, Class<?> type, long... shape) {
    return array(name, ElementType.of(type), shape);
  }

  /**
   * Copies a Java array into shared memory.
   *
   * @param values a {@code double[]}, {@code float[][]}, {@code int[][][]} and so on
   * @throws IllegalArgumentException if it is none, or its inner arrays differ in length
   * @throws dev.trestle.store.TableExistsException if the name is taken
   * @throws dev.trestle.store.StoreFullException if there is no room; nothing is kept
   */
  public SharedArray arrayOf(String name, Object values) {
    return create(name, NpyContent.of(values), false);
  }

  /**
   * As {@link #array(String, ElementType, long...)}, under a name that another array may have until
   * then; that one is replaced in one step. Whoever has it attached keeps it.
   *
   * @throws dev.trestle.store.TableExistsException if a table has the name
   * @throws dev.trestle.store.StoreFullException if there is no room; the array stays as it was
   */
  public SharedArray replaceArray(String name, ElementType type, long... shape) {
    return create(name, NpyContent.zeros(type, Shape.of(shape)), true);
  }

  /** As {@link #arrayOf}, replacing as {@link #replaceArray} does. */
  public SharedArray replaceArrayOf(String name, Object values) {
    return create(name, NpyContent.of(values), true);
  }

  /**
   * Attaches an array that this or another process has shared, without copying it, to read it and
   * to write to it.
   *
   * @throws dev.trestle.store.NoSuchArrayException if there is none of that name
   */
  public SharedArray attachArray(String name) {
    return attach(name, true);
  }

  /** As {@link #attachArray}, but a write through the result is an error. */
  public SharedArray attachArrayReadOnly(String name) {
    return attach(name, false);
  }

  /**
   * The arrays there are now, by name, those among them whose files are damaged, see {@link
   * StoredArray#damage}. Looks at every process of this user for those that have one mapped: a few
   * ms.
   */
  public List<StoredArray> arrays() {
    return StoredListing.ofArrays(catalogue()).arrays();
  }

  private SharedArray create(String name, NpyContent content, boolean replace) {
    HeldFile file =
        catalogue()
            .commitFile(
                name,
                StoreFolder.ARRAY_SUFFIX,
                content.size(),
                channel -> content.writeTo(channel, 0),
                replace);
    return open(name, file, true);
  }

  private SharedArray attach(String name, boolean writable) {
    return open(name, catalogue().openFile(name, StoreFolder.ARRAY_SUFFIX), writable);
  }

  private SharedArray open(String name, HeldFile file, boolean writable) {
    return new SharedArray(map(name, file.pin(), file.path(), writable), catalogue(), file);
  }

  /** Maps a file that is not the store's. */
  static SharedArray openFile(Path file, boolean writable) {
    Path absolute = file.toAbsolutePath().normalize();
    return new SharedArray(map(absolute.toString(), absolute, absolute, writable), null, null);
  }

  private static MappedArray map(String name, Path link, Path file, boolean writable) {
    try {
      return MappedArray.open(name, link, file, writable);
    } catch (NoSuchFileException e) {
      throw new NoSuchArrayException("array '%s': there is no file %s".formatted(name, file));
    } catch (IOException e) {
      throw new StoreException("cannot map array '%s': %s".formatted(name, e), e);
    }
  }
}
