package dev.trestle.array;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A {@code .npy} file in this JVM's memory.
 *
 * <p>The mapping goes away when nothing refers to the elements any more. It is shared: what one
 * process writes, every other one that has the file mapped reads.
 *
 * @param elements all of them; the file must not become shorter while they are used
 * @param bytes the size of the file
 */
public record MappedArray(Path path, Elements elements, long bytes) {
  /**
   * Maps a file.
   *
   * @param name what the array is called in messages
   * @param writable whether its elements can be changed
   * @throws NpyFormatException if it is not a {@code .npy} file that can be mapped
   * @throws NoSuchFileException if it is not there
   */
  public static MappedArray open(String name, Path path, boolean writable) throws IOException {
    Set<StandardOpenOption> options =
        writable
            ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE)
            : Set.of(StandardOpenOption.READ);
    try (FileChannel file = FileChannel.open(path, options)) {
      NpyHeader header = NpyHeader.read(path, file);
      long size = file.size();
      MemorySegment mapping =
          file.map(
              writable ? FileChannel.MapMode.READ_WRITE : FileChannel.MapMode.READ_ONLY,
              0,
              size,
              Arena.ofAuto());
      MemorySegment elements =
          mapping.asSlice(header.dataOffset(), header.shape().bytes(header.type()));
      return new MappedArray(
          path, new Elements(name, header.type(), header.shape(), elements), size);
    }
  }
}
