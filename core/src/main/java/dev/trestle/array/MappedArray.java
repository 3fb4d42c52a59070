package dev.trestle.array;

import dev.trestle.store.MappingFault;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.WeakReference;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A {@code .npy} file in this JVM's memory.
 *
 * <p>The mapping goes away when nothing refers to the elements any more; a file that was dropped in
 * the meantime gives its space back then. The memory is shared: what one process writes, every
 * other one that has the file mapped reads.
 */
public final class MappedArray {
  /**
   * Those in use, so that a view sent to a worker task after task is not mapped anew each time: a
   * page costs 0.1 to 0.5 us when a mapping touches it first.
   */
  private static final Map<Key, WeakReference<MappedArray>> OPEN = new ConcurrentHashMap<>();

  private final Key key;
  private final Elements elements;
  private final long bytes;

  private MappedArray(Key key, Elements elements, long bytes) {
    this.key = key;
    this.elements = elements;
    this.bytes = bytes;
  }

  private record Key(String name, Path path, String id, boolean writable) {}

  /**
   * Maps a file.
   *
   * @param name what the array is called in messages
   * @param writable whether its elements can be changed
   * @throws NpyFormatException if it is not a {@code .npy} file that can be mapped
   * @throws java.nio.file.NoSuchFileException if it is not there
   */
  public static MappedArray open(String name, Path path, boolean writable) throws IOException {
    return open(name, path, path, writable);
  }

  /**
   * As {@link #open(String, Path, boolean)}, through another hard link of the file.
   *
   * @param link a name that the file has now
   * @param path what it is called in messages
   */
  public static MappedArray open(String name, Path link, Path path, boolean writable)
      throws IOException {
    while (true) {
      var key = new Key(name, path, id(link), writable);
      MappedArray known = known(key);
      if (known != null) {
        return known;
      }
      MappedArray mapped = map(key, link);
      if (key.id.equals(id(link))) { // else it was replaced between the two
        OPEN.values().removeIf(gone -> gone.refersTo(null));
        OPEN.put(key, new WeakReference<>(mapped));
        return mapped;
      }
    }
  }

  private static @Nullable MappedArray known(Key key) {
    WeakReference<MappedArray> reference = OPEN.get(key);
    return reference == null ? null : reference.get();
  }

  private static MappedArray map(Key key, Path link) throws IOException {
    Set<StandardOpenOption> options =
        key.writable
            ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE)
            : Set.of(StandardOpenOption.READ);
    try (FileChannel file = FileChannel.open(link, options)) {
      NpyHeader header = NpyHeader.read(key.path, file);
      long size = file.size();
      MemorySegment mapping =
          file.map(
              key.writable ? FileChannel.MapMode.READ_WRITE : FileChannel.MapMode.READ_ONLY,
              0,
              size,
              Arena.ofAuto());
      long bytes = header.shape().bytes(header.type());
      var elements =
          new Elements(
              key.name, header.type(), header.shape(), mapping.asSlice(header.dataOffset(), bytes));
      var mapped = new MappedArray(key, elements, size);
      MappingFault.watch(
          mapped, "file %s of array '%s'".formatted(key.path, key.name), key.path, size);
      return mapped;
    }
  }

  /** An inode is not given to another file as long as one process has it mapped. */
  private static String id(Path path) throws IOException {
    return String.valueOf(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
  }

  /** The file. */
  public Path path() {
    return key.path;
  }

  /** What tells the file from any other one that has or will have its name while this is mapped. */
  public String id() {
    return key.id;
  }

  /** Whether the elements can be changed. */
  public boolean isWritable() {
    return key.writable;
  }

  /** All elements. */
  public Elements elements() {
    return elements;
  }

  /** The size of the file. */
  public long bytes() {
    return bytes;
  }

  /** Whether the file still has its name, and not another one in its place. */
  public boolean isThere() {
    try {
      return key.id.equals(id(key.path));
    } catch (IOException e) {
      return false;
    }
  }
}
